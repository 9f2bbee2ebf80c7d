"""Root addresses. Each room brings its own; the shell comes last."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("vao/", include("hatnhan.accounts.sign_in_urls")),
    path("ngon-ngu/", include("django.conf.urls.i18n")),
    path("tai-khoan/", include("hatnhan.accounts.urls")),
    path("nhat-ky/", include("hatnhan.audit.urls")),
    path("quy-dinh/", include("hatnhan.rulebook.urls")),
    path("so-lieu/", include("hatnhan.figures.urls")),
    path("trien-khai/", include("hatnhan.guidance.urls")),
    path("kiem-tra/", include("hatnhan.oversight.urls")),
    path("kiem-diem/", include("hatnhan.reviews.urls")),
    path("hop/", include("hatnhan.meetings.urls")),
    path("bo-phieu/", include("hatnhan.ballots.urls")),
    path("nhiem-vu/", include("hatnhan.assignments.urls")),
    path("", include("hatnhan.organization.urls")),
    path("", include("hatnhan.site.urls")),
]
handler404 = "hatnhan.site.views.errors.not_found"
handler403 = "hatnhan.site.views.errors.forbidden"
handler500 = "hatnhan.site.views.errors.broken"
