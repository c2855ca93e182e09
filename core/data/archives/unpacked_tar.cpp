// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/archives/unpacked_tar.h"

#include "core/util/errno_error.h"

#include <array>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#ifdef SIMCLR_HAS_LIBARCHIVE
#include <archive.h>
#include <archive_entry.h>
#endif

namespace simclr {

namespace fs = std::filesystem;

bool isCompressed(std::string_view bytes) {
    using namespace std::string_view_literals;
    static constexpr std::array starts{"\x1F\x8B"sv, "BZh"sv, "\xFD\x37zXZ\0"sv, "\x28\xB5\x2F\xFD"sv,
                                       "\x1F\x9D"sv};
    for (const std::string_view start : starts)
        if (bytes.starts_with(start))
            return true;
    return false;
}

#ifdef SIMCLR_HAS_LIBARCHIVE

namespace {

constexpr std::size_t pieceBytes = 256 << 10;
constexpr std::uint64_t harmlessBytes = 256 << 20;
constexpr std::uint64_t mostExpansion = 100;

/// A file without a name that grows: first in memory, later on disk.
class GrowingFile {
  public:
    GrowingFile(const fs::path &source, const OpenOptions &options) : m_source(source), m_options(options) {
        m_descriptor = ::memfd_create("simclr-archive", MFD_CLOEXEC);
        if (m_descriptor < 0)
            throwErrno("cannot reserve memory to unpack", source);
    }
    ~GrowingFile() {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    GrowingFile(const GrowingFile &) = delete;
    GrowingFile &operator=(const GrowingFile &) = delete;

    std::uint64_t size() const { return m_size; }

    void append(std::string_view bytes) {
        if (!m_isOnDisk && m_size + bytes.size() > m_options.memoryBudget)
            moveToDisk();
        write(m_descriptor, bytes);
        m_size += bytes.size();
    }

    std::shared_ptr<const RandomFile> finish() {
        return std::make_shared<RandomFile>(std::exchange(m_descriptor, -1), m_source);
    }

  private:
    fs::path folder() const {
        if (m_options.indexFolder.empty())
            return fs::temp_directory_path();
        fs::create_directories(m_options.indexFolder);
        return m_options.indexFolder;
    }

    void moveToDisk() {
        std::string name = (folder() / "unpacked-XXXXXX").native();
        const int file = ::mkostemp(name.data(), O_CLOEXEC);
        if (file < 0)
            throwErrno("cannot create a temporary file to unpack " + displayName(m_source) + ":", name);
        ::unlink(name.c_str());
        const RandomFile memory(std::exchange(m_descriptor, file), m_source);
        m_isOnDisk = true;
        m_place = name;
        for (std::uint64_t at = 0; at < memory.size(); at += pieceBytes)
            write(file, memory.readUpTo(at, pieceBytes));
    }

    void write(int file, std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t length = ::write(file, bytes.data(), bytes.size());
            if (length < 0 && errno != EINTR)
                throwErrno("cannot unpack " + displayName(m_source) + " into",
                           m_isOnDisk ? m_place : "memory");
            bytes.remove_prefix(length > 0 ? static_cast<std::size_t>(length) : 0);
        }
    }

    const fs::path &m_source;
    const OpenOptions &m_options;
    fs::path m_place;
    int m_descriptor = -1;
    std::uint64_t m_size = 0;
    bool m_isOnDisk = false;
};

/// Reads the bytes of a compressed file.
class Decompressor {
  public:
    explicit Decompressor(const fs::path &path)
        : m_path(path), m_reader(::archive_read_new(), ::archive_read_free) {
        // Each warns if it would start another program, because the library was built without it.
        for (const auto support : {archive_read_support_filter_gzip, archive_read_support_filter_bzip2,
                                   archive_read_support_filter_xz, archive_read_support_filter_zstd,
                                   archive_read_support_filter_compress})
            if (support(m_reader.get()) != ARCHIVE_OK)
                throw InvalidInput("the library that unpacks " + displayName(path) +
                                   " was built without its kind of compression; unpack it");
        archive_read_support_format_raw(m_reader.get());
        archive_entry *entry = nullptr;
        require(archive_read_open_filename(m_reader.get(), path.c_str(), pieceBytes));
        require(archive_read_next_header(m_reader.get(), &entry));
    }

    /// Empty at the end.
    std::string_view next(std::string &buffer) {
        const la_ssize_t length = archive_read_data(m_reader.get(), buffer.data(), buffer.size());
        require(length < 0 ? ARCHIVE_FATAL : ARCHIVE_OK);
        return std::string_view(buffer).substr(0, static_cast<std::size_t>(length));
    }

  private:
    void require(int result) const {
        if (result >= ARCHIVE_WARN)
            return;
        const char *cause = archive_error_string(m_reader.get());
        throw InvalidInput(displayName(m_path) + " cannot be unpacked: " +
                           (cause ? toValidUtf8(cause) : "it is not compressed in a known way"));
    }

    const fs::path &m_path;
    std::unique_ptr<archive, int (*)(archive *)> m_reader;
};

} // namespace

std::shared_ptr<const RandomFile> unpackedTar(const fs::path &path, const OpenOptions &options) {
    const std::uint64_t packedBytes = RandomFile(path).size();
    Decompressor source(path);
    GrowingFile file(path, options);
    std::string buffer(pieceBytes, '\0');
    for (std::string_view piece; !(piece = source.next(buffer)).empty();) {
        if (options.stop.stop_requested())
            throw OpeningCancelled{};
        file.append(piece);
        if (file.size() > harmlessBytes && file.size() / mostExpansion > packedBytes)
            throw InvalidInput(displayName(path) +
                               " expands to more than 100 times its size, as a decompression bomb does");
    }
    return file.finish();
}

#else

std::shared_ptr<const RandomFile> unpackedTar(const fs::path &path, const OpenOptions &) {
    throw InvalidInput(
        displayName(path) +
        " is compressed, which this program was built without (SIMCLR_WITH_ARCHIVES); unpack it");
}

#endif

} // namespace simclr
