// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/torch_file.h"

#include "core/model/torch_old_files.h"
#include "core/model/torch_tensors.h"
#include "core/model/zip.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>

namespace simclr {

namespace {

constexpr std::string_view zipStart = "PK\x03\x04";

/// The root folder inside the archive; torch.save() names it after the file.
std::string rootFolder(const std::vector<std::string> &names) {
    constexpr std::string_view description = "/data.pkl";
    std::string root;
    for (const std::string &name : names)
        if (name.ends_with(description) && name.find('/') == name.size() - description.size())
            root = name.substr(0, name.size() - description.size() + 1);
    if (root.empty())
        throw InvalidInput("it is a ZIP archive, but not one written by torch.save()");
    if (std::ranges::count(names, root + "constants.pkl") > 0)
        throw InvalidInput("it is a TorchScript program, which cannot be imported; in Python, save its "
                           "state_dict()");
    return root;
}

NamedTensors tensorsOfArchive(std::string_view bytes) {
    const std::string root = rootFolder(zipNames(bytes));
    const auto members = zipMembers(bytes);
    const auto order = members.find(root + "byteorder");
    if (order != members.end() && order->second != "little")
        throw InvalidInput("it was written with another byte order");
    const Pickle pickle = readPickle(members.at(root + "data.pkl"));
    return namedTensors(pickle,
                        tensorMaker(pickle, [&](std::string_view key) -> std::optional<std::string_view> {
                            const auto found = members.find(root + "data/" + std::string(key));
                            return found == members.end() ? std::nullopt : std::optional(found->second);
                        }));
}

} // namespace

bool looksLikeTorchFile(std::string_view bytes) {
    return bytes.starts_with(zipStart) || looksLikeOldTorchFile(bytes) || looksLikeTorchTar(bytes);
}

NamedTensors tensorsOfTorchFile(std::string_view bytes) {
    if (bytes.starts_with(zipStart))
        return tensorsOfArchive(bytes);
    return looksLikeOldTorchFile(bytes) ? tensorsOfOldTorchFile(bytes) : tensorsOfTorchTar(bytes);
}

} // namespace simclr
