"""The site with its gallery, as in development."""

from django.urls import path

from peernet.gallery import gallery
from peernet.urls import urlpatterns as of_the_site

urlpatterns = [path("gallery/", gallery), *of_the_site]
