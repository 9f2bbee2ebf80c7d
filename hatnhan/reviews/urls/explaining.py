"""Why a grade, and what it rests on."""

from __future__ import annotations

from django.urls import path

from hatnhan.reviews.views import facts, why

urlpatterns = [
    path("muc/<int:pk>/vi-sao/", why.page, name="why"),
    path("muc/<int:pk>/vi-sao/van-ban/", why.paper, name="why-paper"),
    path("muc/<int:pk>/dieu-xet/<slug:fact>/ghi/", facts.WriteFact.as_view(), name="fact-write"),
    path("muc/<int:pk>/can-cu/<slug:key>/xem-xet/", facts.LiftTrigger.as_view(), name="trigger-lift"),
    path("dieu-xet/<int:pk>/rut/", facts.WithdrawFact.as_view(), name="fact-withdraw"),
]
