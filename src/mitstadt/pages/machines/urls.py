"""Addresses that programs know by heart."""

from django.urls import path

from mitstadt.pages.feeds import views as feeds
from mitstadt.pages.machines import views

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", feeds.sitemap_index, name="sitemap"),
    path("sitemap/<slug:name>-<int:number>.xml", feeds.sitemap_file, name="sitemap_file"),
    path("favicon.ico", views.favicon, name="favicon"),
    path(".well-known/security.txt", views.security, name="security_txt"),
    path(".well-known/change-password", views.change_password, name="change_password"),
]
