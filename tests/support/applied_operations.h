// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/operation.h"

#include <memory>
#include <string>

namespace simclr::test {

/// The operation `id` with these parameters, and the others at their initial values.
inline std::unique_ptr<Operation> madeOperation(const std::string &id, const Values &values = {}) {
    const OperationType &type = *findOperationType(id);
    Values all = initialValues(type.schema);
    for (const auto &[name, value] : values)
        all[name] = value;
    return type.make(all);
}

/// The result of the operation on an image with the random numbers of one sample, and optionally its log.
inline Image applied(const Operation &operation, Image image, std::uint32_t sample = 0,
                     SampleLog *log = nullptr) {
    RandomStream draws({.seed = 17, .sample = sample});
    draws.keepLog(log);
    operation.apply(image, draws, 32);
    return image;
}

} // namespace simclr::test
