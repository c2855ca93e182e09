// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/forms/form.h"

#include <array>

namespace simclr {

std::span<const DataForm *const> dataForms() {
    static constexpr std::array forms{
        &cifar10Form,
        &webdatasetForm,
        &archiveForm,
        &imageFolderForm,
    };
    return forms;
}

} // namespace simclr
