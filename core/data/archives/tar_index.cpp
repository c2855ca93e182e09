// SPDX-License-Identifier: GPL-3.0-or-later
// Tar archives: POSIX.1-2001 (ustar and pax), GNU tar's extensions, and V7.
#include "core/data/archives/archive_index.h"
#include "core/data/dataset.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <unordered_map>

namespace simclr {

namespace {

constexpr std::size_t blockBytes = 512;
constexpr std::size_t windowBytes = 4096;
constexpr std::uint64_t mostExtensionBytes = 1 << 20;
constexpr std::size_t membersBetweenStops = 1024;

/// Fields of a header: offset and length.
struct Field {
    std::size_t at;
    std::size_t bytes;
};
constexpr Field nameField{0, 100};
constexpr Field sizeField{124, 12};
constexpr Field checksumField{148, 8};
constexpr std::size_t typeAt = 156;
constexpr Field linkField{157, 100};
constexpr Field magicField{257, 6};
constexpr Field prefixField{345, 155};

std::string_view bytesOf(std::string_view header, Field field) {
    return header.substr(field.at, field.bytes);
}

std::string_view textOf(std::string_view header, Field field) {
    const std::string_view bytes = bytesOf(header, field);
    return bytes.substr(0, std::min(bytes.find('\0'), bytes.size()));
}

/// Octal digits, or GNU's binary numbers, whose first byte is 0x80. Nothing if it is neither.
std::optional<std::uint64_t> numberIn(std::string_view bytes) {
    std::uint64_t value = 0;
    if (static_cast<unsigned char>(bytes.front()) == 0x80) {
        for (const char byte : bytes.substr(bytes.size() - 8))
            value = value << 8 | static_cast<unsigned char>(byte);
        return value;
    }
    bytes.remove_prefix(std::min(bytes.find_first_not_of(' '), bytes.size()));
    bytes = bytes.substr(0, bytes.find_first_of(std::string_view(" \0", 2)));
    const auto [end, failure] = std::from_chars(bytes.data(), bytes.data() + bytes.size(), value, 8);
    const bool isNumber = bytes.empty() || (failure == std::errc{} && end == bytes.data() + bytes.size());
    return isNumber ? std::optional(value) : std::nullopt;
}

/// The sum of a header's bytes, with its own field as spaces. Old programs added signed bytes.
template <typename Byte>
std::int64_t sumOf(std::string_view header) {
    std::int64_t sum = static_cast<std::int64_t>(checksumField.bytes) * ' ';
    for (std::size_t i = 0; i < header.size(); ++i)
        if (i < checksumField.at || i >= checksumField.at + checksumField.bytes)
            sum += static_cast<Byte>(header[i]);
    return sum;
}

bool isHeader(std::string_view block) {
    const auto sum = numberIn(bytesOf(block, checksumField));
    return sum && block.front() != '\0' &&
           (static_cast<std::int64_t>(*sum) == sumOf<unsigned char>(block) ||
            static_cast<std::int64_t>(*sum) == sumOf<signed char>(block));
}

bool isEnd(std::string_view block) {
    return std::ranges::all_of(block, [](char byte) { return byte == '\0'; });
}

/// What extension headers say about the next member.
struct Extensions {
    std::optional<std::string> name;
    std::optional<std::string> link;
    std::optional<std::uint64_t> bytes;
    bool isSparse = false;
};

class TarIndexer {
  public:
    TarIndexer(const RandomFile &file, const std::stop_token &stop) : m_file(file), m_stop(stop) {}

    ArchiveIndex index(std::size_t most) {
        while (m_index.places.size() < most) {
            const auto header = nextHeader();
            if (!header)
                break;
            addMember(*header);
        }
        return std::move(m_index);
    }

  private:
    [[noreturn]] void refuse(const std::string &cause) const {
        throw InvalidInput(displayName(m_file.path()) + " " + cause);
    }

    /// Nothing at the end of the archive.
    std::optional<std::string_view> nextHeader() {
        if (++m_headers % membersBetweenStops == 0 && m_stop.stop_requested())
            throw OpeningCancelled{};
        if (m_at == m_file.size() && m_headers > 1)
            return std::nullopt; // the blocks of zeros at the end are missing, which tar accepts
        const std::string_view block = blockAt(m_at);
        if (block.size() < blockBytes)
            refuse("is truncated: it ends within a header");
        if (isEnd(block))
            return std::nullopt;
        if (!isHeader(block))
            refuse("is damaged: there is no valid header at byte " + std::to_string(m_at));
        return block;
    }

    /// Reads some blocks at once: for small members, the next header is often among them.
    std::string_view blockAt(std::uint64_t offset) {
        if (offset < m_windowAt || offset + blockBytes > m_windowAt + m_window.size()) {
            m_window = m_file.readUpTo(offset, windowBytes);
            m_windowAt = offset;
        }
        return std::string_view(m_window).substr(offset - m_windowAt, blockBytes);
    }

    void addMember(std::string_view header) {
        const char type = header[typeAt];
        const std::uint64_t bytes = bytesOfMember(header, type);
        const std::string name = nameOf(header);
        const std::string link = m_next.link ? *m_next.link : std::string(textOf(header, linkField));
        const std::uint64_t begin = m_at + blockBytes + (type == 'S' ? bytesOfMap(header) : 0);
        if (bytes > m_file.size() || begin > m_file.size() - bytes)
            refuse("is truncated: it ends within its member " + toValidUtf8(name));
        m_at = std::min(begin + (bytes + blockBytes - 1) / blockBytes * blockBytes, m_file.size());
        if (readExtension(type, begin, bytes))
            return;
        addEntry(type, name, link, {begin, bytes, bytes});
        m_next = {};
    }

    /// Headers of links, folders and devices are not followed by bytes, whatever size they name.
    std::uint64_t bytesOfMember(std::string_view header, char type) const {
        if (type >= '1' && type <= '6')
            return 0;
        const auto bytes = numberIn(bytesOf(header, sizeField));
        if (!bytes)
            refuse("is damaged: the header at byte " + std::to_string(m_at) + " has no valid size");
        return isExtension(type) ? *bytes : m_next.bytes.value_or(*bytes);
    }

    /// The map of a sparse file of GNU tar goes on in blocks after its header, each of which says whether
    /// another one follows. The header is not valid afterwards.
    std::uint64_t bytesOfMap(std::string_view header) {
        constexpr std::size_t isExtendedAt = 482;
        constexpr std::size_t isFollowedAt = 504;
        std::uint64_t bytes = 0;
        for (bool isFollowed = header[isExtendedAt] != '\0'; isFollowed; bytes += blockBytes) {
            const std::string_view block = blockAt(m_at + blockBytes + bytes);
            if (block.size() < blockBytes)
                refuse("is truncated: it ends within the map of a sparse file");
            isFollowed = block[isFollowedAt] != '\0';
        }
        return bytes;
    }

    static bool isExtension(char type) {
        return type == 'L' || type == 'K' || type == 'x' || type == 'g' || type == 'X';
    }

    std::string nameOf(std::string_view header) const {
        if (m_next.name)
            return *m_next.name;
        const std::string_view prefix = textOf(header, prefixField);
        const bool hasPrefix =
            bytesOf(header, magicField) == std::string_view("ustar\0", 6) && !prefix.empty();
        return (hasPrefix ? std::string(prefix) + "/" : std::string()) +
               std::string(textOf(header, nameField));
    }

    void addEntry(char type, const std::string &name, const std::string &link, MemberPlace place) {
        const bool isFile = type == '0' || type == '\0' || type == '7' || type == 'S';
        if (type == '1')
            place = targetOf(link);
        else if (type == '2')
            ++m_index.links;
        if (type == 'S' || m_next.isSparse)
            place.problem = MemberProblem::Sparse;
        if ((!isFile && type != '1') || name.ends_with('/'))
            return;
        m_index.add(name, place);
    }

    /// Of a hard link, which names an earlier member.
    MemberPlace targetOf(const std::string &link) {
        for (; m_known < m_index.places.size(); ++m_known)
            m_numbers[m_index.names.at(static_cast<std::uint32_t>(m_known))] = m_known;
        const auto found = m_numbers.find(link);
        if (found != m_numbers.end())
            return m_index.places[found->second];
        MemberPlace lost;
        lost.problem = MemberProblem::LostTarget;
        return lost;
    }

    /// Whether the entry describes the next one.
    bool readExtension(char type, std::uint64_t begin, std::uint64_t bytes) {
        if (!isExtension(type))
            return false;
        if (bytes > mostExtensionBytes)
            refuse("is damaged: an extension header has " + std::to_string(bytes) + " bytes");
        const std::string text = m_file.read(begin, static_cast<std::size_t>(bytes));
        if (type == 'L')
            m_next.name = text.substr(0, text.find('\0'));
        else if (type == 'K')
            m_next.link = text.substr(0, text.find('\0'));
        else if (type != 'g') // global headers name no member
            readPax(text);
        return true;
    }

    /// Records "LENGTH KEY=VALUE\n", where LENGTH counts all bytes of the record.
    void readPax(std::string_view text) {
        while (!text.empty() && text.front() != '\0') {
            std::size_t length = 0;
            const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), length);
            const std::size_t space = static_cast<std::size_t>(end - text.data());
            if (failure != std::errc{} || length > text.size() || length < space + 2 || text[space] != ' ')
                refuse("is damaged: an extension header cannot be read");
            readRecord(text.substr(space + 1, length - space - 2));
            text.remove_prefix(length);
        }
    }

    void readRecord(std::string_view record) {
        const std::size_t equals = std::min(record.find('='), record.size());
        const std::string_view key = record.substr(0, equals);
        const std::string value(record.substr(std::min(equals + 1, record.size())));
        std::uint64_t number = 0;
        if (key == "path")
            m_next.name = value;
        else if (key == "linkpath")
            m_next.link = value;
        else if (key.starts_with("GNU.sparse."))
            m_next.isSparse = true;
        else if (key == "size" &&
                 std::from_chars(value.data(), value.data() + value.size(), number).ec == std::errc{})
            m_next.bytes = number;
    }

    const RandomFile &m_file;
    std::stop_token m_stop;
    ArchiveIndex m_index;
    Extensions m_next;
    std::uint64_t m_at = 0;
    std::size_t m_headers = 0;
    std::string m_window;
    std::uint64_t m_windowAt = 0;
    std::unordered_map<std::string, std::size_t> m_numbers; ///< of the first m_known members, for hard links
    std::size_t m_known = 0;
};

} // namespace

bool beginsLikeTar(std::string_view bytes) {
    return bytes.size() >= blockBytes && isHeader(bytes.substr(0, blockBytes));
}

ArchiveIndex indexTar(const RandomFile &file, const std::stop_token &stop) {
    TarIndexer indexer(file, stop);
    ArchiveIndex index = indexer.index(mostMembers);
    if (index.places.size() == mostMembers)
        throw InvalidInput(displayName(file.path()) + " has " + std::to_string(mostMembers) +
                           " members or more, which are too many");
    return index;
}

ArchiveIndex firstOfTar(const RandomFile &file, std::size_t count) {
    return TarIndexer(file, {}).index(count);
}

} // namespace simclr
