"""What comes in many colour spaces goes out as eight bits of sRGB: what all browsers agree on."""

import io

from PIL import Image, ImageCms


def on_white(image: Image.Image) -> Image.Image:
    """`image` in sRGB, opaque: pages have light plates behind pictures.

    An embedded profile (Display P3, Adobe RGB, a printer's CMYK) is applied and then left out; a
    profile that cannot be read is ignored, as browsers do.
    """
    profile = image.info.get("icc_profile") or b""
    image = _eight_bits(image)
    if image.mode == "P" or (image.has_transparency_data and image.mode != "RGBA"):
        image = image.convert("RGBA")
    if profile:
        image = _in_srgb(image, profile)
    if image.mode == "RGBA":
        plate = Image.new("RGB", image.size, "white")
        plate.paste(image, mask=image.getchannel("A"))
        return plate
    return image if image.mode == "RGB" else image.convert("RGB")


def mean(image: Image.Image) -> str:
    """The mean colour as `#rrggbb`, to be seen until the picture is there."""
    red, green, blue = image.resize((1, 1), Image.Resampling.BOX).tobytes()
    return f"#{red:02x}{green:02x}{blue:02x}"


def _eight_bits(image: Image.Image) -> Image.Image:
    """Grey of 16 bits is scaled; Pillow alone would cut it off at 255 and show white."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    return image


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if ImageCms.getProfileDescription(source).startswith("sRGB"):
            return image
        converted = ImageCms.profileToProfile(
            image,
            source,
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGBA" if image.mode == "RGBA" else "RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    return converted or image
