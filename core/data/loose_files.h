// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/encoded_files.h"
#include "core/data/image_list.h"

namespace simclr {

/// Images in files of their own, at the names of the list below a folder.
class LooseFiles final : public EncodedFiles {
  public:
    LooseFiles(std::filesystem::path folder, std::shared_ptr<const ImageList> images)
        : m_folder(std::move(folder)), m_images(std::move(images)) {}

    std::string read(std::uint32_t i, std::uintmax_t maxBytes) const override;
    FileStamp stamp(std::uint32_t i) const override { return stampOf(path(i)); }
    std::string displayName(std::uint32_t i) const override;

  private:
    std::filesystem::path path(std::uint32_t i) const { return m_folder / m_images->name(i); }

    std::filesystem::path m_folder;
    std::shared_ptr<const ImageList> m_images;
};

} // namespace simclr
