// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace simclr {

/// Reads a TFRecord file, the framing of TensorBoard's event files: each record is its length (8 bytes), a
/// masked CRC-32C of the length, the data, and a masked CRC-32C of the data; all numbers with the lowest byte
/// first. Uses memory for one record of at most 64 MiB. Not thread-safe.
class RecordReader {
  public:
    static constexpr std::uint64_t maxRecordBytes = 64u << 20;

    /// Throws IoError if it is not a regular file that can be read; never waits for a pipe. Reads as much as
    /// the file contains now.
    explicit RecordReader(const std::filesystem::path &path);

    /// The data of the next record, valid until the next call; nothing at the end of the file, before an
    /// incomplete last record (a program is still writing the file) and at a damaged one. Records above the
    /// limit are skipped. Throws IoError.
    std::optional<std::string_view> next();

    /// What was not read because it is damaged; empty if there is nothing.
    const std::string &problem() const { return m_problem; }
    /// Number of records above the limit.
    std::int64_t skipped() const { return m_skipped; }
    /// Whether the file ends within a record.
    bool isIncomplete() const { return m_isIncomplete; }

  private:
    struct Closing {
        void operator()(std::FILE *file) const { std::fclose(file); }
    };

    std::optional<std::uint64_t> readLength();
    bool readData(std::uint64_t length);
    void skip(std::uint64_t bytes);
    /// `count` bytes into m_bytes; false if the file ends before.
    bool read(std::size_t count);
    void stopAtDamage(const std::string &what);

    std::filesystem::path m_path;
    std::unique_ptr<std::FILE, Closing> m_file;
    std::uint64_t m_size = 0; ///< of the file when it was opened
    std::uint64_t m_at = 0;
    std::string m_bytes;
    std::string m_problem;
    std::int64_t m_skipped = 0;
    bool m_isIncomplete = false;
};

/// The bytes of one record with this data.
std::string framedRecord(std::string_view data);

} // namespace simclr
