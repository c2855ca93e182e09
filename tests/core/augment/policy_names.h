// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/ops/policy_actions.h"

#include <stdexcept>
#include <vector>

namespace simclr::test {

inline const std::vector<PolicyAction> &allActions() {
    static const std::vector<PolicyAction> actions = [] {
        std::vector<PolicyAction> list;
        for (std::size_t i = 0; i < policyActions; ++i)
            list.push_back(static_cast<PolicyAction>(i));
        return list;
    }();
    return actions;
}

inline PolicyAction actionNamed(const std::string &name) {
    for (const PolicyAction action : allActions())
        if (name == nameOf(action))
            return action;
    throw std::runtime_error("no action " + name);
}

} // namespace simclr::test
