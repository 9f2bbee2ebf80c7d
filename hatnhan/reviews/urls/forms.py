"""The self-review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from hatnhan.reviews.views import own, review, review_deeds

if TYPE_CHECKING:
    from django.urls import URLPattern

_ONE = "muc/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("cua-toi/", own.mine, name="mine"),
    path(f"{_ONE}ban-kiem-diem/", review.show, name="review"),
    path(f"{_ONE}viet/", review.write, name="review-write"),
    path(f"{_ONE}bat-dau/", review.start, name="review-start"),
    path(f"{_ONE}luu/", review.save, name="review-save"),
    path(f"{_ONE}nop/", review_deeds.Submit.as_view(), name="review-submit"),
    path(f"{_ONE}xac-nhan/", review_deeds.Confirm.as_view(), name="review-confirm"),
    path(f"{_ONE}tra-lai/", review_deeds.Return.as_view(), name="review-return"),
    path(f"{_ONE}ghi-ho/", review_deeds.TypeFor.as_view(), name="review-type"),
]
