"""Addresses that programs know by heart."""

from django.urls import path

from mitstadt.pages.machines import views

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path(".well-known/security.txt", views.security, name="security_txt"),
    path(".well-known/change-password", views.change_password, name="change_password"),
]
