from django.urls import path

from checkout.views import cart, coupons, steps

app_name = "checkout"
urlpatterns = [
    path("cart/", cart.cart_detail, name="cart"),
    path("cart/lines/", cart.line_create, name="line_create"),
    path("cart/lines/<int:pk>/", cart.line_quantity, name="line_quantity"),
    path("cart/lines/<int:pk>/removal/", cart.line_removal, name="line_removal"),
    path("cart/coupons/", coupons.coupon_create, name="coupon_create"),
    path("cart/coupons/removal/", coupons.coupon_removal, name="coupon_removal"),
    path("checkout/", steps.checkout, name="checkout"),
    path("checkout/review/", steps.review, name="review"),
    path("checkout/place/", steps.place, name="place"),
]
