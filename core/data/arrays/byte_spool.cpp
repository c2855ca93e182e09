// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/arrays/byte_spool.h"

#include "core/util/errno_error.h"

#include <cstdlib>
#include <unistd.h>
#include <utility>

namespace simclr {

namespace {

namespace fs = std::filesystem;

int openUnnamedFile(const fs::path &folder) {
    std::string name = (folder / "simclr-unpacked-XXXXXX").native();
    const int descriptor = ::mkstemp(name.data());
    if (descriptor < 0)
        throwErrno("cannot create a temporary file in", folder);
    ::unlink(name.c_str());
    return descriptor;
}

} // namespace

ByteSpool::ByteSpool(const SpoolPlace &place, std::uint64_t expected)
    : m_memoryLimit(place.memoryLimit),
      m_folder(place.folder.empty() ? fs::temp_directory_path() : place.folder) {
    if (expected <= m_memoryLimit)
        return;
    std::error_code unknown;
    fs::create_directories(m_folder, unknown); // if it fails, creating the file says why
    const fs::space_info space = fs::space(m_folder, unknown);
    if (!unknown && space.available < expected)
        throw IoError("cannot unpack " + std::to_string(expected) + " bytes into " + displayName(m_folder) +
                      ": only " + std::to_string(space.available) + " bytes are free");
}

ByteSpool::~ByteSpool() {
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void ByteSpool::append(std::string_view bytes) {
    m_size += bytes.size();
    if (m_descriptor < 0 && m_size > m_memoryLimit)
        moveToFile();
    if (m_descriptor < 0)
        m_memory += bytes;
    else
        write(bytes);
}

void ByteSpool::moveToFile() {
    m_descriptor = openUnnamedFile(m_folder);
    write(m_memory);
    std::string().swap(m_memory);
}

void ByteSpool::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t length = ::write(m_descriptor, bytes.data(), bytes.size());
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0)
            throwErrno("cannot write a temporary file in", m_folder);
        bytes.remove_prefix(static_cast<std::size_t>(length));
    }
}

ByteSourcePtr ByteSpool::finish() {
    if (m_descriptor < 0)
        return bytesInMemory(std::move(m_memory));
    return bytesOfDescriptor(std::exchange(m_descriptor, -1), "a temporary file");
}

} // namespace simclr
