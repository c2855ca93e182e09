// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/jpeg_artifacts.h"

#include "core/image/orientation.h"

#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include <jpeglib.h>

#include <jerror.h>

namespace simclr {

namespace {

using namespace std::string_view_literals;

/// On an error libjpeg jumps (longjmp); nothing between the jump and its target may need a destructor.
struct ErrorHandler : jpeg_error_mgr {
    std::jmp_buf giveUp;
    char message[JMSG_LENGTH_MAX] = "";
};

extern "C" void giveUp(j_common_ptr codec) {
    auto *handler = static_cast<ErrorHandler *>(codec->err);
    handler->format_message(codec, handler->message);
    std::longjmp(handler->giveUp, 1);
}

/// Whether a warning means wrong pixels rather than an unusual header.
bool isDamage(int warning) {
    return warning != JWRN_JFIF_MAJOR && warning != JWRN_ADOBE_XFORM && warning != JWRN_NOT_SEQUENTIAL;
}

/// Traces have levels from 0, warnings -1.
extern "C" void handleMessage(j_common_ptr codec, int level) {
    if (level < 0 && isDamage(codec->err->msg_code))
        giveUp(codec);
}

extern "C" void saySilently(j_common_ptr) {}

/// `T` is a decoder or an encoder of the library.
template <typename T>
void handleErrors(T &codec, ErrorHandler &handler) {
    codec.err = jpeg_std_error(&handler);
    handler.error_exit = giveUp;
    handler.emit_message = handleMessage;
    handler.output_message = saySilently;
}

struct Decoder : jpeg_decompress_struct {
    ErrorHandler handler;

    Decoder() {
        handleErrors(*this, handler);
        jpeg_create_decompress(this);
    }
    ~Decoder() { jpeg_destroy_decompress(this); }
    Decoder(const Decoder &) = delete;
    Decoder &operator=(const Decoder &) = delete;
};

struct Encoder : jpeg_compress_struct {
    ErrorHandler handler;
    std::vector<unsigned char> &room;
    unsigned char *bytes; ///< `room`, or a larger buffer allocated by the library
    unsigned long size;

    explicit Encoder(std::vector<unsigned char> &memory)
        : room(memory), bytes(memory.data()), size(memory.size()) {
        handleErrors(*this, handler);
        jpeg_create_compress(this);
        jpeg_mem_dest(this, &bytes, &size);
    }
    ~Encoder() {
        jpeg_destroy_compress(this);
        if (bytes != room.data())
            std::free(bytes);
    }
    Encoder(const Encoder &) = delete;
    Encoder &operator=(const Encoder &) = delete;
};

constexpr auto exifStart = "Exif\0\0"sv;
constexpr auto xmpStart = "http://ns.adobe.com/xap/1.0/\0"sv;

std::string_view dataOf(const jpeg_marker_struct &marker) {
    return {reinterpret_cast<const char *>(marker.data), marker.data_length};
}

/// The data after `start` in the first segment that begins with it; empty if there is none.
std::string_view segment(const jpeg_decompress_struct &decoder, std::string_view start) {
    for (const jpeg_marker_struct *marker = decoder.marker_list; marker; marker = marker->next)
        if (dataOf(*marker).starts_with(start))
            return dataOf(*marker).substr(start.size());
    return {};
}

void readHeader(Decoder &decoder, std::string_view bytes) {
    jpeg_mem_src(&decoder, reinterpret_cast<const unsigned char *>(bytes.data()), bytes.size());
    jpeg_save_markers(&decoder, JPEG_APP0 + 1, 0xFFFF);
    jpeg_read_header(&decoder, TRUE);
}

bool hasSize(const Decoder &decoder, const ImageSize &size) {
    return decoder.image_width == static_cast<JDIMENSION>(size.width) &&
           decoder.image_height == static_cast<JDIMENSION>(size.height);
}

bool isCmyk(const Decoder &decoder) {
    return decoder.jpeg_color_space == JCS_CMYK || decoder.jpeg_color_space == JCS_YCCK;
}

void readRows(Decoder &decoder, Image &image) {
    while (decoder.output_scanline < decoder.output_height) {
        JSAMPROW row = image.row(static_cast<int>(decoder.output_scanline));
        jpeg_read_scanlines(&decoder, &row, 1);
    }
}

/// CMYK is stored inverted, as by Adobe's programs: 255 means no ink.
void readCmykRows(Decoder &decoder, Image &image) {
    JSAMPARRAY inks = decoder.mem->alloc_sarray(reinterpret_cast<j_common_ptr>(&decoder), JPOOL_IMAGE,
                                                decoder.output_width * 4, 1);
    while (decoder.output_scanline < decoder.output_height) {
        std::uint8_t *target = image.row(static_cast<int>(decoder.output_scanline));
        jpeg_read_scanlines(&decoder, inks, 1);
        for (JDIMENSION x = 0; x < decoder.output_width; ++x)
            for (JDIMENSION channel = 0; channel < 3; ++channel) {
                const int black = inks[0][4 * x + 3];
                target[3 * x + channel] =
                    static_cast<std::uint8_t>(black - ((255 - inks[0][4 * x + channel]) * black >> 8));
            }
    }
}

/// Returns an error message, or nullptr.
const char *decodePixels(Decoder &decoder, const ImageSize &size, Image &image) {
    if (!hasSize(decoder, size))
        return "its header is inconsistent";
    decoder.out_color_space = isCmyk(decoder) ? JCS_CMYK : JCS_RGB;
    jpeg_start_decompress(&decoder);
    image.resize(static_cast<int>(decoder.output_width), static_cast<int>(decoder.output_height));
    if (isCmyk(decoder))
        readCmykRows(decoder, image);
    else
        readRows(decoder, image);
    return nullptr;
}

} // namespace

JpegResult decodeJpeg(std::string_view bytes, const ImageSize &size, Image &image) {
    JpegResult result;
    Decoder decoder;
    if (setjmp(decoder.handler.giveUp) != 0) {
        result.problem = decoder.handler.message;
        return result;
    }
    readHeader(decoder, bytes);
    result.orientation = orientationFrom(segment(decoder, exifStart), segment(decoder, xmpStart));
    if (const char *problem = decodePixels(decoder, size, image))
        result.problem = problem;
    else
        jpeg_finish_decompress(&decoder); // its markers are not needed after this
    return result;
}

void passThroughJpeg(Image &image, int quality) {
    thread_local std::vector<unsigned char> room;
    room.resize(image.byteCount() + 4096); // rarely too small
    Encoder encoder(room);
    if (setjmp(encoder.handler.giveUp) != 0)
        return;
    encoder.image_width = static_cast<JDIMENSION>(image.width());
    encoder.image_height = static_cast<JDIMENSION>(image.height());
    encoder.input_components = Image::channels;
    encoder.in_color_space = JCS_RGB;
    jpeg_set_defaults(&encoder);
    jpeg_set_quality(&encoder, quality, TRUE);
    jpeg_start_compress(&encoder, TRUE);
    while (encoder.next_scanline < encoder.image_height) {
        JSAMPROW row = image.row(static_cast<int>(encoder.next_scanline));
        jpeg_write_scanlines(&encoder, &row, 1);
    }
    jpeg_finish_compress(&encoder);
    decodeJpeg({reinterpret_cast<const char *>(encoder.bytes), encoder.size}, {image.width(), image.height()},
               image);
}

} // namespace simclr
