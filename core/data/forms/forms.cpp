// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/forms/form.h"

#include <array>

namespace simclr {

std::span<const DataForm *const> dataForms() {
    static constexpr std::array forms{
        &cifar100Form, // before CIFAR-10, whose file may have any name that ends in .bin
        &cifar100CoarseForm, &stl10Form,   &cifar10Form,     &idxForm, &npzForm, &csvForm,
        &webdatasetForm,     &archiveForm, &imageFolderForm,
    };
    return forms;
}

} // namespace simclr
