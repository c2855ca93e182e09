#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws the small pictures in this folder, one for each kind of file that the decoder has to understand.

All show the same: left half red (220, 30, 40), right half blue (20, 60, 200), 24 x 16 pixels, the upper left 6 x 4
white; grey ones show 60 and 180. Needs Pillow; run it in this folder.
"""
import io
import os
import struct
import subprocess
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

# Kinds that came later. ImageMagick writes what Pillow does not.
grey.point(lambda level: level * 257, "I").convert("I;16").save("grey16.tif")
rgb.save("rgb.tif", compression="tiff_lzw")
rgb.quantize(4).save("palette.tif")
rgb.save("jpeg.tif", compression="jpeg", quality=95)
for name, options in {"tiled.tif": ["-define", "tiff:tile-geometry=16x16"], "planar.tif": ["-interlace", "plane"]}.items():
    subprocess.run(["convert", "rgb.png", *options, name], check=True)
subprocess.run(["convert", "rgb16.png", "-depth", "16", "rgb16.tif"], check=True)

other = Image.new("RGB", (WIDTH, HEIGHT), (0, 200, 0))
rgb.quantize(4).save("rgb.gif", interlace=0)
rgb.quantize(4).save("interlaced.gif", interlace=1)
rgb.quantize(4).save("animated.gif", save_all=True, append_images=[other.quantize(2)])
rgb.save("animated.webp", lossless=True, save_all=True, append_images=[other], duration=100)

# Lying on their sides, as turned.jpg, with the note where each kind of file has it.
lying = rgb.transpose(Image.Transpose.ROTATE_90)
lying.save("turned.png", exif=exif)
lying.save("turned.webp", lossless=True, exif=exif)
lying.save("turned.tif", tiffinfo={274: 6})

XMP = ('<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
       '<rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="%d"/></rdf:RDF></x:xmpmeta>')


def segment(marker, data):
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def xmp_segment(orientation):
    return segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + (XMP % orientation).encode())


def with_segments(source, target, *segments):
    """Puts segments right behind the start of a JPEG."""
    with open(source, "rb") as file:
        whole = file.read()
    with open(target, "wb") as file:
        file.write(whole[:2] + b"".join(segments) + whole[2:])


# As phones write it: XMP (here with another orientation, which does not count) and a comment before Exif.
with_segments("turned.jpg", "turned_xmp_first.jpg", xmp_segment(3), segment(0xFE, b"a comment"))
lying.save("lying.jpg", quality=95, subsampling=0)
with_segments("lying.jpg", "turned_xmp.jpg", xmp_segment(6))
os.remove("lying.jpg")


def png_with(target, *chunks):
    """A PNG of the lying image with chunks before its pixels."""
    buffer = io.BytesIO()
    lying.save(buffer, "PNG")
    whole = buffer.getvalue()
    with open(target, "wb") as file:
        file.write(whole[:33] + b"".join(chunks) + whole[33:])


profile = exif.tobytes()  # begins with "Exif\0\0"
raw = b"\nexif\n%8d\n" % len(profile) + b"\n".join(profile.hex()[i:i + 72].encode() for i in range(0, 2 * len(profile), 72))
png_with("turned_raw.png", chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(raw + b"\n")))
png_with("turned_xmp.png", chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + (XMP % 6).encode()))

lying.save("turned_xmp.tif", tiffinfo={700: (XMP % 6).encode()})
rgb.quantize(4).save("bits8.bmp")
for target, options in {"runs8.bmp": ["-type", "Palette", "-compress", "RLE"], "alpha32.bmp": [],
                        "masks16.bmp": ["-define", "bmp:subtype=RGB565"]}.items():
    source = "alpha.png" if target == "alpha32.bmp" else "rgb.png"
    prefix = "BMP3:" if target == "runs8.bmp" else ""
    subprocess.run(["convert", source, *options, prefix + target], check=True)
with open("scaled.pgm", "wb") as file:  # levels up to 15
    file.write(b"P5 %d %d 15\n" % (WIDTH, HEIGHT) + bytes(round(level / 17) for level in grey.tobytes()))
with open("rgb.gif", "rb") as file:
    gif = bytearray(file.read())
gif[6:10] = struct.pack("<HH", 4, 4)  # a screen that is smaller than the frame
with open("large_frame.gif", "wb") as file:
    file.write(gif)

# 0 is white: the photometric interpretation (tag 262) and the values are turned around.
with open("grey16.tif", "rb") as file:
    inverted = bytearray(file.read())
entry = inverted.index(struct.pack("<HHIH", 262, 3, 1, 1))
inverted[entry + 8:entry + 10] = b"\0\0"
pixels = struct.pack("<%dH" % (WIDTH * HEIGHT), *[level * 257 for level in grey.tobytes()])
begin = inverted.index(pixels)
inverted[begin:begin + len(pixels)] = bytes(255 - byte for byte in pixels)
with open("inverted16.tif", "wb") as file:
    file.write(inverted)
