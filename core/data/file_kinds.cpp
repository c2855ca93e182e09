// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/file_kinds.h"

#include "core/util/lower_case.h"

#include <set>
#include <string_view>

namespace simclr {

using namespace std::string_view_literals;

bool isSystemFolder(const std::string &name) {
    static const std::set<std::string> names{
        "@eadir",     "__macosx",  "#recycle",     "@recycle",
        "#snapshot",  "@tmp",      "@__thumb",     "@recently-snapshot",
        "lost+found", "@sharebin", "$recycle.bin", "system volume information",
        "@appstore",  "recycler",  "__pycache__",  "@thumb"};
    return name.starts_with('.') || names.contains(lowerCase(name));
}

bool isSystemFile(const std::string &name) {
    return name.starts_with('.') || name.starts_with("SYNOPHOTO_THUMB"sv) ||
           name.starts_with("SYNOFILE_THUMB"sv);
}

bool isUnreadKind(const std::string &extension) {
    static const std::set<std::string> kinds{
        ".heic", ".heif", ".hif",  ".avif", ".jp2",  ".j2k", ".jpx", ".jpf", ".jxl", ".jxr", ".dcm", ".dicom",
        ".nii",  ".psd",  ".tga",  ".exr",  ".hdr",  ".ico", ".svg", ".pcx", ".xcf", ".qoi", ".pbm", ".pam",
        ".pfm",  ".dng",  ".raw",  ".cr2",  ".cr3",  ".nef", ".arw", ".orf", ".rw2", ".raf", ".srw", ".ras",
        ".sgi",  ".mrc",  ".fits", ".svs",  ".ndpi", ".czi", ".lif", ".eps", ".emf", ".wmf", ".djvu"};
    return kinds.contains(extension);
}

bool isOtherKind(const std::string &extension) {
    static const std::set<std::string> kinds{".txt", ".csv",   ".tsv", ".json", ".xml", ".html", ".md",
                                             ".py",  ".ipynb", ".db",  ".ini",  ".log", ".yaml", ".yml",
                                             ".zip", ".tar",   ".gz",  ".npy",  ".npz", ".mat",  ".pkl",
                                             ".pt",  ".pth",   ".h5",  ".pdf",  ".mp4", ".avi"};
    return kinds.contains(extension);
}

} // namespace simclr
