// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/archives/archive_contents.h"
#include "core/data/archives/archive_files.h"
#include "core/data/encoded_opener.h"
#include "core/data/folder_listing.h"
#include "core/data/forms/form.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/lower_case.h"

#include <algorithm>
#include <array>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t mostLabelBytes = 256 << 20;

/// "photos" of "photos.tar.gz".
std::string stemOf(const fs::path &path) {
    fs::path stem = path.stem();
    if (stem.extension() == ".tar")
        stem = stem.stem();
    return stem.native();
}

ListedContents listMembers(const ArchiveFile &archive, ArchiveContents members) {
    const std::vector<std::string> labelFiles = members.contents.labelFiles;
    const auto readLabels = [&](const std::string &name) {
        const auto at = std::ranges::find(labelFiles, name) - labelFiles.begin();
        return archive.read(members.labelMembers.at(static_cast<std::size_t>(at)), mostLabelBytes);
    };
    return listContents(std::move(members.contents), {stemOf(archive.path()), archive.path(), readLabels});
}

/// Whether this is the name of a file of arrays, a table or a shard, which are forms of their own.
bool isOfOtherForm(const std::string &name) {
    static constexpr std::array extensions{".npz", ".csv", ".tsv", ".tar"};
    const fs::path path = lowerCase(name);
    const std::string file = path.filename().native();
    return std::ranges::find(extensions, path.extension().native()) != extensions.end() ||
           file.starts_with("data_batch_") || file.starts_with("test_batch") ||
           file.find("-images-idx3-ubyte") != std::string::npos || file == "train.bin" ||
           file.ends_with("_x.bin");
}

void requireNoOtherForm(const ArchiveFile &archive, const ArchiveContents &members) {
    if (members.contents.images.size() > 0 || !members.contents.broken.empty())
        return;
    const NameTable &names = archive.index().names;
    for (std::uint32_t i = 0; i < names.size(); ++i)
        if (isOfOtherForm(names.at(i)))
            throw InvalidInput(displayName(archive.path()) + " contains no images, but " +
                               toValidUtf8(names.at(i)) + "; unpack it and open its folder or files");
}

DatasetPtr openArchive(const fs::path &path, const OpenOptions &options) {
    const std::shared_ptr<const ArchiveFile> archive = ArchiveFile::open(path, options);
    ArchiveContents contents = contentsOf(archive->index());
    requireNoOtherForm(*archive, contents);
    const std::vector<Message> notes = contents.notes;
    const std::vector<std::uint32_t> members = contents.members;
    ListedContents listed = listMembers(*archive, std::move(contents));
    std::vector<ArchiveFiles::Member> files;
    for (const std::uint32_t image : listed.found)
        files.push_back({0, members[image]});
    EncodedSource source = encodedSource("archive", path);
    source.listing = std::move(listed.listing);
    source.listing.notes.insert(source.listing.notes.end(), notes.begin(), notes.end());
    source.files = std::make_shared<ArchiveFiles>(std::vector{archive}, std::move(files));
    const DatasetPtr dataset = openEncodedImages(std::move(source), options);
    archive->requireUnchanged();
    return dataset;
}

} // namespace

const DataForm archiveForm{
    "archive",
    "ZIP or tar archive of images",
    "An archive (`.zip`, `.tar`, `.tar.gz`, `.tar.bz2`, `.tar.xz`, `.tar.zst`) of images in one of the "
    "layouts "
    "of folders below. ZIP and uncompressed tar archives are read in place; a compressed tar archive is "
    "unpacked once for each opening, into memory if it fits into the memory budget, otherwise into a "
    "temporary "
    "file without a name.",
    isArchive,
    openArchive,
};

} // namespace simclr
