"""What the shell offers at its own addresses."""

from __future__ import annotations

from django.urls import path

from hatnhan.site.views import home

app_name = "site"
urlpatterns = [
    path("", home.home, name="home"),
    path("song/", home.health, name="health"),
    path("tim/", home.home, name="search"),
    path("cho-dung/", home.home, name="place"),
    path("toi/", home.home, name="me"),
    path("them/", home.home, name="more"),
]
