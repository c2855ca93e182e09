// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/jpeg.h"

#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include <jpeglib.h>

namespace simclr {

namespace {

using namespace std::string_view_literals;

/// libjpeg gives up by jumping; nothing between the jump and its target may need a destructor.
struct ErrorHandler : jpeg_error_mgr {
    std::jmp_buf giveUp;
};

extern "C" void giveUp(j_common_ptr decoder) {
    std::longjmp(static_cast<ErrorHandler *>(decoder->err)->giveUp, 1);
}

extern "C" void saySilently(j_common_ptr) {}

/// `T` is a decoder or an encoder of the library.
template <typename T>
void handleErrors(T &codec, ErrorHandler &handler) {
    codec.err = jpeg_std_error(&handler);
    handler.error_exit = giveUp;
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
    unsigned char *bytes; ///< `room`, or a larger one that the library took
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

/// Numbers in the TIFF block of EXIF data, whose first letters tell their byte order.
struct TiffBlock {
    std::string_view bytes;

    unsigned number(std::size_t at, std::size_t size) const {
        unsigned value = 0;
        for (std::size_t i = 0; i < size && at + size <= bytes.size(); ++i)
            value = value << 8 | static_cast<unsigned char>(bytes[at + (bytes[0] == 'I' ? size - 1 - i : i)]);
        return value;
    }
};

/// Whether EXIF data (CIPA DC-008, tag 0x0112) may ask for the picture to be turned.
bool mayBeTurned(const jpeg_decompress_struct &decoder) {
    constexpr auto start = "Exif\0\0"sv;
    for (const jpeg_marker_struct *marker = decoder.marker_list; marker; marker = marker->next) {
        const std::string_view data(reinterpret_cast<const char *>(marker->data), marker->data_length);
        if (!data.starts_with(start))
            continue;
        const TiffBlock tiff{data.substr(start.size())};
        if (tiff.bytes.size() < 8)
            return true;
        const std::size_t directory = tiff.number(4, 4);
        const unsigned entries = tiff.number(directory, 2);
        for (std::size_t entry = 0; entry < entries; ++entry) {
            const std::size_t at = directory + 2 + 12 * entry;
            if (tiff.number(at, 2) == 0x0112 && tiff.number(at + 8, 2) != 1)
                return true;
        }
    }
    return false;
}

void readHeader(Decoder &decoder, std::string_view bytes) {
    jpeg_mem_src(&decoder, reinterpret_cast<const unsigned char *>(bytes.data()), bytes.size());
    jpeg_save_markers(&decoder, JPEG_APP0 + 1, 0xFFFF);
    jpeg_read_header(&decoder, TRUE);
}

bool isCommon(const Decoder &decoder, const ImageSize &size) {
    const auto space = decoder.jpeg_color_space;
    const bool isAsChecked = decoder.image_width == static_cast<JDIMENSION>(size.width) &&
                             decoder.image_height == static_cast<JDIMENSION>(size.height);
    return isAsChecked && (space == JCS_YCbCr || space == JCS_GRAYSCALE || space == JCS_RGB) &&
           !mayBeTurned(decoder);
}

} // namespace

bool decodeCommonJpeg(std::string_view bytes, const ImageSize &size, Image &image) {
    Decoder decoder;
    if (setjmp(decoder.handler.giveUp) != 0)
        return false;
    readHeader(decoder, bytes);
    if (!isCommon(decoder, size))
        return false;
    decoder.out_color_space = JCS_RGB;
    jpeg_start_decompress(&decoder);
    image.resize(static_cast<int>(decoder.output_width), static_cast<int>(decoder.output_height));
    while (decoder.output_scanline < decoder.output_height) {
        JSAMPROW row = image.row(static_cast<int>(decoder.output_scanline));
        jpeg_read_scanlines(&decoder, &row, 1);
    }
    jpeg_finish_decompress(&decoder);
    return true;
}

void passThroughJpeg(Image &image, int quality) {
    thread_local std::vector<unsigned char> room;
    room.resize(image.byteCount() + 4096); // seldom too little
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
    decodeCommonJpeg({reinterpret_cast<const char *>(encoder.bytes), encoder.size},
                     {image.width(), image.height()}, image);
}

} // namespace simclr
