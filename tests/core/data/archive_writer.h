// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/codec.h"
#include "tests/support/test_images.h"

#include <archive.h>
#include <archive_entry.h>
#include <memory>
#include <stdexcept>

namespace simclr::test {

/// Creates an archive with libarchive, which is independent of the program's own readers.
class ArchiveWriter {
  public:
    enum class Format { Zip, StoredZip, Ustar, Pax, Gnu };

    ArchiveWriter(const std::filesystem::path &file, Format format, int filter = ARCHIVE_FILTER_NONE)
        : m_writer(::archive_write_new(), ::archive_write_free) {
        std::filesystem::create_directories(file.parent_path());
        setFormat(format);
        check(archive_write_add_filter(m_writer.get(), filter));
        check(archive_write_open_filename(m_writer.get(), file.c_str()));
    }

    void add(const std::string &name, const std::string &bytes) {
        const auto entry = newEntry(name, AE_IFREG);
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes.size()));
        check(archive_write_header(m_writer.get(), entry.get()));
        if (archive_write_data(m_writer.get(), bytes.data(), bytes.size()) !=
            static_cast<la_ssize_t>(bytes.size()))
            throw std::runtime_error("the member was not written");
    }
    void addSymbolicLink(const std::string &name, const std::string &target) {
        const auto entry = newEntry(name, AE_IFLNK);
        archive_entry_set_symlink(entry.get(), target.c_str());
        check(archive_write_header(m_writer.get(), entry.get()));
    }
    void addHardLink(const std::string &name, const std::string &target) {
        const auto entry = newEntry(name, AE_IFREG);
        archive_entry_set_hardlink(entry.get(), target.c_str());
        check(archive_write_header(m_writer.get(), entry.get()));
    }
    void addFolder(const std::string &name) {
        const auto entry = newEntry(name, AE_IFDIR);
        check(archive_write_header(m_writer.get(), entry.get()));
    }
    /// All files below `folder`, in no particular order.
    void addFilesOf(const std::filesystem::path &folder) {
        for (const auto &entry : std::filesystem::recursive_directory_iterator(folder))
            if (entry.is_regular_file())
                add(entry.path().lexically_relative(folder).native(), readBytes(entry.path()));
    }
    /// Call it once, last.
    void finish() { check(archive_write_close(m_writer.get())); }

  private:
    using Entry = std::unique_ptr<archive_entry, void (*)(archive_entry *)>;

    void setFormat(Format format) {
        switch (format) {
        case Format::Zip:
        case Format::StoredZip:
            check(archive_write_set_format_zip(m_writer.get()));
            check(format == Format::Zip ? archive_write_zip_set_compression_deflate(m_writer.get())
                                        : archive_write_zip_set_compression_store(m_writer.get()));
            return;
        case Format::Ustar:
            return check(archive_write_set_format_ustar(m_writer.get()));
        case Format::Pax:
            return check(archive_write_set_format_pax(m_writer.get()));
        case Format::Gnu:
            return check(archive_write_set_format_gnutar(m_writer.get()));
        }
    }

    static Entry newEntry(const std::string &name, unsigned type) {
        Entry entry(archive_entry_new(), archive_entry_free);
        archive_entry_set_pathname(entry.get(), name.c_str());
        archive_entry_set_filetype(entry.get(), type);
        archive_entry_set_perm(entry.get(), 0644);
        return entry;
    }

    void check(int result) const {
        if (result < ARCHIVE_WARN)
            throw std::runtime_error(archive_error_string(m_writer.get()));
    }

    std::unique_ptr<archive, int (*)(archive *)> m_writer;
};

/// The bytes of a small PNG file of noise.
inline std::string noisePng(const QTemporaryDir &directory, std::uint32_t seed) {
    const std::filesystem::path file = folderOf(directory) / "one.png";
    writePng(noiseImage(8, 8, seed), file);
    return readBytes(file);
}

} // namespace simclr::test
