#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws the small pictures in this folder, one for each kind of file that the decoder has to understand.

All show the same: left half red (220, 30, 40), right half blue (20, 60, 200), 24 x 16 pixels, the upper left 6 x 4
white; grey ones show 60 and 180. Needs Pillow; run it in this folder.
"""
import struct
import zlib

from PIL import Image

WIDTH, HEIGHT = 24, 16


def halves(mode, left, right, corner):
    image = Image.new(mode, (WIDTH, HEIGHT), left)
    image.paste(right, (WIDTH // 2, 0, WIDTH, HEIGHT))
    image.paste(corner, (0, 0, 6, 4))
    return image


rgb = halves("RGB", (220, 30, 40), (20, 60, 200), (255, 255, 255))
grey = halves("L", 60, 180, 255)
alpha = halves("RGBA", (220, 30, 40, 128), (20, 60, 200, 255), (255, 255, 255, 0))

rgb.save("rgb.jpg", quality=95, subsampling=0)
rgb.save("progressive.jpg", quality=95, subsampling=0, progressive=True)
rgb.save("rgb.png")
rgb.save("rgb.bmp")
rgb.save("rgb.ppm")
rgb.save("lossless.webp", lossless=True)
rgb.save("lossy.webp", quality=95)
grey.save("grey.jpg", quality=95)
grey.save("grey.png")
grey.save("grey.pgm")
alpha.save("alpha.png")
alpha.save("alpha.webp", lossless=True, exact=True)
rgb.quantize(4).save("palette.png")
rgb.convert("CMYK").save("cmyk.jpg", quality=95)

# Stored lying on its side, with the EXIF note "turn clockwise to see it" (orientation 6).
exif = Image.Exif()
exif[0x0112] = 6
rgb.transpose(Image.Transpose.ROTATE_90).save("turned.jpg", quality=95, subsampling=0, exif=exif)

# Pillow writes no 16-bit colour, so these two are put together by hand.

def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def write_png16(name, image, color_type):
    pixels = image.load()
    rows = b""
    for y in range(HEIGHT):
        rows += b"\0"
        for x in range(WIDTH):
            value = pixels[x, y]
            levels = value if isinstance(value, tuple) else (value,)
            rows += b"".join(struct.pack(">H", level * 257) for level in levels)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 16, color_type, 0, 0, 0)
    with open(name, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


write_png16("rgb16.png", rgb, 2)
write_png16("grey16.png", grey, 0)

# A file of a few hundred bytes that claims 30000 x 30000 pixels: 2.7 GB once decoded.
bomb = struct.pack(">IIBBBBB", 30000, 30000, 8, 2, 0, 0, 0)
with open("bomb.png", "wb") as file:
    file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bomb) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b""))
