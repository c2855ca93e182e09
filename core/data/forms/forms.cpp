// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/forms/form.h"

#include <array>

namespace simclr {

std::span<const DataForm *const> dataForms() {
    static constexpr std::array forms{
        &cifar10Form, // first, because folders that contain it beside others have always been opened as it
        &cifar100Form, &cifar100CoarseForm, &stl10Form,   &idxForm,         &npzForm,
        &csvForm,      &webdatasetForm,     &archiveForm, &imageFolderForm,
    };
    return forms;
}

} // namespace simclr
