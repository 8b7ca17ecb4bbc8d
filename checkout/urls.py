from django.urls import path

from checkout.views import cart, coupons, saved, shared, steps

app_name = "checkout"
urlpatterns = [
    path("cart/", cart.cart_detail, name="cart"),
    path("cart/lines/", cart.line_create, name="line_create"),
    path("cart/lines/<int:pk>/", cart.line_quantity, name="line_quantity"),
    path("cart/lines/<int:pk>/removal/", cart.line_removal, name="line_removal"),
    path("cart/coupons/", coupons.coupon_create, name="coupon_create"),
    path("cart/coupons/removal/", coupons.coupon_removal, name="coupon_removal"),
    path("cart/lines/<int:pk>/saving/", saved.line_saving, name="line_saving"),
    path("cart/seen/", cart.cart_seen, name="cart_seen"),
    path("cart/saved/<int:pk>/", saved.saved_to_cart, name="saved_to_cart"),
    path("cart/saved/<int:pk>/removal/", saved.saved_removal, name="saved_removal"),
    path("cart/removed/<int:pk>/", saved.removal_undo, name="removal_undo"),
    path("cart/shared/<str:token>/", shared.shared_cart, name="shared_cart"),
    path("checkout/", steps.checkout, name="checkout"),
    path("checkout/review/", steps.review, name="review"),
    path("checkout/place/", steps.place, name="place"),
]
