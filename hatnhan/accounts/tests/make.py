"""Accounts for tests: straight rows, no rules."""

from hatnhan.accounts.models import User

PASSWORD = "mat-khau-thu-nghiem"


def account(username, name="", **fields):
    user = User(username=username, display_name=name or username, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user
