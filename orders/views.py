from django.http import HttpRequest, HttpResponse


def order(request: HttpRequest, token: str) -> HttpResponse:
    return HttpResponse()


def payment(request: HttpRequest, token: str) -> HttpResponse:
    return HttpResponse()
