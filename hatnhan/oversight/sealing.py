"""Sealing who wrote a denunciation: libsodium through PyNaCl, with a key made of the server's secret.

A dump of the database alone does not tell who wrote one. All seals are of a few equal lengths, so that the length of a
name is not told either. The names themselves go through `selectors.denunciations.denouncer_of` and nowhere else.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from hatnhan.core.errors import Missing

_BLOCK = 512
_FOR = b"denouncer"


@dataclass(frozen=True, slots=True)
class DenouncerData:
    """Who wrote a denunciation. Never shown by its own repr: that would end in a log."""

    name: str = field(repr=False)
    address: str = field(repr=False)
    phone: str = field(default="", repr=False)


def seal(data: DenouncerData) -> bytes:
    """Return the data so that only this server reads it."""
    plain = json.dumps(asdict(data), ensure_ascii=False).encode()
    return bytes(SecretBox(_key(settings.SECRET_KEY)).encrypt(plain.ljust(-(-len(plain) // _BLOCK) * _BLOCK)))


def unseal(sealed: bytes | memoryview) -> DenouncerData:
    """Return what was sealed, also with a secret that the server had before. Raises Missing for any other."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            plain = SecretBox(_key(secret)).decrypt(bytes(sealed))
        except CryptoError:
            continue
        return DenouncerData(**json.loads(plain))
    raise Missing(_("Không mở được: khóa của máy chủ không phải khóa lúc ghi. Xem đơn giấy trong hồ sơ."))


def _key(secret: str | bytes) -> bytes:
    told = secret.encode() if isinstance(secret, str) else secret
    return hashlib.blake2b(told, digest_size=SecretBox.KEY_SIZE, person=_FOR).digest()
