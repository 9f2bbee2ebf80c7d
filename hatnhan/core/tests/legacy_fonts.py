"""Encoders from Unicode to TCVN3 and VNI, written down apart from the decoders so as to test them."""

from __future__ import annotations

_SMALL = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_TCVN3_SMALL = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ"
_TCVN3 = {
    **dict(zip(_SMALL, _TCVN3_SMALL, strict=True)),
    **dict(zip("ĂÂĐÊÔƠƯ", "¡¢§£¤¥¦", strict=True)),
}
_VNI_SMALL = (
    "aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä ñ eø eù eû eõ eï eâ eà eá eå eã eä ì í æ ó ò "
    "oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï uø uù uû uõ uï ö öø öù öû öõ öï yø yù yû yõ î"
).split()
_VNI = dict(zip(_SMALL, _VNI_SMALL, strict=True))
_VNI.update({letter.upper(): sign.upper() for letter, sign in list(_VNI.items())})


def to_tcvn3(text: str) -> str:
    """Encode; a capital with a tone becomes the small sign, for the font .VnTimeH draws it as a capital."""
    return "".join(_TCVN3.get(sign, _TCVN3.get(sign.lower(), sign)) for sign in text)


def to_vni(text: str) -> str:
    return "".join(_VNI.get(sign, sign) for sign in text)
