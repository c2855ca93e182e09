// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <filesystem>
#include <span>
#include <string_view>

namespace simclr {

/// A form in which datasets are stored in files. To add one: a file in this folder that defines its constant,
/// the declaration below, a line in dataForms(), and its section in docs/data.md, which tst_data_forms
/// compares with `title` and `rule`.
struct DataForm {
    const char *id;    ///< in sources as "id:PATH", and DatasetReport::kind: "cifar10"
    const char *title; ///< "CIFAR-10"
    const char *rule;  ///< Markdown sentences for docs/data.md: what is recognised, and how it is used
    /// Whether `path`, which exists, has this form, by names and first bytes. Quick; throws
    /// std::filesystem::filesystem_error at most.
    bool (*recognises)(const std::filesystem::path &path);
    /// Opens `path`, which exists, and may not be of this form. Throws InvalidInput, IoError or
    /// OpeningCancelled.
    DatasetPtr (*open)(const std::filesystem::path &path, const OpenOptions &options);
};

/// All forms, in the order in which they are asked; the image folder, which accepts every folder, is the
/// last.
std::span<const DataForm *const> dataForms();

extern const DataForm archiveForm;
extern const DataForm cifar100CoarseForm;
extern const DataForm cifar100Form;
extern const DataForm cifar10Form;
extern const DataForm csvForm;
extern const DataForm idxForm;
extern const DataForm imageFolderForm;
extern const DataForm npzForm;
extern const DataForm stl10Form;
extern const DataForm webdatasetForm;

} // namespace simclr
