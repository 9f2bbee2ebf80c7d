"""What one can do here. The sign-in pages themselves are in `sign_in_urls`."""

from __future__ import annotations

from django.urls import path

from hatnhan.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.users, name="users"),
    path("mo/", views.open_account, name="open"),
    path("ra-moi-noi/", views.end_sessions, name="end-sessions"),
    path("<int:pk>/", views.user, name="user"),
    path("<int:pk>/mat-khau/", views.issue_password, name="issue-password"),
    path("<int:pk>/ngung/", views.Deactivate.as_view(), name="deactivate"),
    path("<int:pk>/dung-lai/", views.Activate.as_view(), name="activate"),
    path("<int:pk>/yeu-to-thu-hai/", views.RemoveSecondFactor.as_view(), name="remove-second-factor"),
    path("<int:pk>/dang-vien/", views.Link.as_view(), name="link"),
]
