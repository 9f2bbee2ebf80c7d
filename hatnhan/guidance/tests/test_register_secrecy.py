"""What counts as a sign of secrecy, and what only speaks of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatnhan.guidance.secrecy import named_secret, stamped


@pytest.mark.parametrize(
    "page",
    [
        "TỈNH ỦY PHÚ THỌ\nMẬT\nBáo cáo",
        "TỐI MẬT",
        "* TUYỆT MẬT *\nSố 01-BC/TU",
        "ĐẢNG BỘ XÃ TAM HỒNG      MẬT      ĐẢNG CỘNG SẢN VIỆT NAM",
        "[ M Ậ T ]",
        "T Ố I   M Ậ T".replace("   ", " "),
        "Số 12-BC/ĐU\nĐộ mật: Mật",
        "Độ mật: Tối mật",
        "ĐỘ MẬT : TUYỆT MẬT",
        "MẬT".encode().decode().replace("Ậ", "Ậ"),
    ],
)
def test_a_stamp_is_seen(page):
    assert stamped(page)


@pytest.mark.parametrize(
    "page",
    [
        "",
        "Luật Bảo vệ bí mật nhà nước",
        "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TUYỆT MẬT, TỐI MẬT VÀ MẬT",
        "MẶT TRẬN TỔ QUỐC",
        "Họp mặt đầu xuân\nMặt",
        "Nghề nuôi ong lấy mật\nmật ong",
        "Giữ bí mật việc bỏ phiếu",
    ],
)
def test_words_about_secrecy_are_no_stamp(page):
    assert not stamped(page)


@pytest.mark.parametrize(
    "name",
    [
        "MẬT.pdf",
        "Báo cáo (Mật).docx",
        "Tối mật - 12-BC.pdf",
        "12-BC_TUYET MAT.pdf",
        "toi-mat.pdf",
        "van ban mat so 5.pdf",
        "BC-12-MAT.pdf",
    ],
)
def test_a_name_that_says_so_is_seen(name):
    assert named_secret(name)


@pytest.mark.parametrize(
    "name",
    [
        "05-CT-TW.pdf",
        "Luật bảo vệ bí mật nhà nước.pdf",
        "Quy chế bảo mật.docx",
        "Mặt trận Tổ quốc xã.pdf",
        "mat-tran-to-quoc.pdf",
        "bao-mat.pdf",
        "HOP MAT.pdf",
        "Kế hoạch.docx",
        "",
    ],
)
def test_names_that_only_speak_of_it_are_taken(name):
    assert not named_secret(name)


@given(st.text(max_size=200))
def test_no_text_breaks_the_judges(text):
    assert stamped(text) in (True, False)
    assert named_secret(text) in (True, False)
