"""Sealing votes and locking the key: libsodium through PyNaCl, nothing of our own making.

A vote is a number written into PLAIN_SIZE bytes, so that all are of one length, and sealed with the ballot's public
key (`SealedBox`): whoever holds the database can neither read it nor tell two equal votes from two different ones.
The private key lies in the database locked with one key made of both tellers' passphrases by Argon2id; neither of
them, nor anybody else, opens it alone, and what was typed is nowhere.
"""

from __future__ import annotations

import hashlib
import secrets
import struct
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nacl import pwhash
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox
from nacl.utils import random

from hatnhan.ballots import rules

if TYPE_CHECKING:
    from hatnhan.ballots.rules import Marks, Question

#: Bytes of a vote in clear; and sealed (SealedBox adds a public key of 32 and a tag of 16).
PLAIN_SIZE = 512
SEALED_SIZE = PLAIN_SIZE + 48

_VERSION = 1
_VERSION_SIZE = 1
#: How many bytes are left for the number that says what was chosen.
ROOM = PLAIN_SIZE - _VERSION_SIZE
#: Argon2id: passes and bytes of memory. They stand before the locked key, so that raising them locks nobody out.
PASSES = 4
MEMORY = 128 * 1024 * 1024
_COSTS = struct.Struct(">BIQ")
_PASSPHRASES = 2


class WrongPassphrase(Exception):
    """One of the two passphrases is not the one with which the key was locked, or they were swapped."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What a ballot keeps: a public key, the locked private key, a salt for each teller."""

    public: bytes
    locked: bytes
    salts: tuple[bytes, bytes]


# --- the key ---------------------------------------------------------------------------------------------------------
def new_keys(passphrases: tuple[str, str]) -> Keys:
    """Make a pair of keys, the private one locked with both passphrases. Takes about a second, on purpose."""
    private = PrivateKey.generate()
    salts = (random(pwhash.argon2id.SALTBYTES), random(pwhash.argon2id.SALTBYTES))
    header = _COSTS.pack(_VERSION, PASSES, MEMORY)
    box = SecretBox(_both(passphrases, salts, PASSES, MEMORY))
    return Keys(bytes(private.public_key), header + bytes(box.encrypt(bytes(private))), salts)


def unlock(locked: bytes, salts: tuple[bytes, bytes], passphrases: tuple[str, str]) -> bytes:
    """Return the private key. Raises WrongPassphrase."""
    _version, passes, memory = _COSTS.unpack(locked[: _COSTS.size])
    try:
        box = SecretBox(_both(passphrases, salts, passes, memory))
        return bytes(box.decrypt(locked[_COSTS.size :]))
    except CryptoError as error:
        raise WrongPassphrase from error


def _both(passphrases: tuple[str, str], salts: tuple[bytes, bytes], passes: int, memory: int) -> bytes:
    """Make one key of two passphrases, so that a guess at one cannot be tried without the other."""
    parts = [
        pwhash.argon2id.kdf(SecretBox.KEY_SIZE, _bytes(words), salt, opslimit=passes, memlimit=memory)
        for words, salt in zip(passphrases, salts, strict=True)
    ]
    return hashlib.blake2b(b"".join(parts), digest_size=SecretBox.KEY_SIZE).digest()


def _bytes(words: str) -> bytes:
    """Write a passphrase one way, whichever keyboard it was typed on."""
    return unicodedata.normalize("NFC", words).encode()


# --- votes -----------------------------------------------------------------------------------------------------------
def seal(public: bytes, question: Question, marks: Marks) -> bytes:
    """Return a vote sealed with the ballot's key, SEALED_SIZE bytes long whatever was chosen."""
    number = rules.to_number(question, marks)
    plain = _VERSION.to_bytes(_VERSION_SIZE, "big") + number.to_bytes(ROOM, "big")
    return bytes(SealedBox(PublicKey(public)).encrypt(plain))


def put_in(contents: bytes, sealed: bytes) -> bytes:
    """Return the urn's contents with one more vote, all sorted as bytes: the order says nothing of who came when."""
    return b"".join(sorted([*_each(contents), sealed]))


def open_all(private: bytes, question: Question, contents: bytes) -> list[Marks]:
    """Return all votes of an urn, shuffled. Raises ValueError for bytes that are no vote of this ballot."""
    box = SealedBox(PrivateKey(private))
    try:
        plains = [box.decrypt(sealed) for sealed in _each(contents)]
    except CryptoError as error:
        raise rules.Unfit("not_a_vote") from error
    secrets.SystemRandom().shuffle(plains)
    return [rules.from_number(question, int.from_bytes(plain[_VERSION_SIZE:], "big")) for plain in plains]


def _each(contents: bytes) -> list[bytes]:
    return [contents[start : start + SEALED_SIZE] for start in range(0, len(contents), SEALED_SIZE)]
