// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/export/equivalents.h"

#include "core/augment/export/python_text.h"

#include <utility>

namespace simclr::python {

std::string ChancedStep::chance() const {
    return named("p", probability);
}

StepText chanced(std::string code) {
    return {.code = std::move(code), .hasChance = true};
}

StepText simpleCall(const ChancedStep &at, const char *function) {
    return chanced(call(function, {at.chance()}));
}

StepText blurCall(const ChancedStep &at, const char *function, const char *kernel, const char *sigma,
                  const char *nothing) {
    const int side = blurKernel(at.real("kernel"), at.viewSize);
    const Range sigmas = at.range("sigma");
    if (side == 1 || sigmas.high <= 0)
        return {.code = nothing,
                .hasChance = true,
                .remark = "Gaussian blur: changes nothing in views of this size"};
    return chanced(call(function, {named(kernel, Range{1.0 * side, 1.0 * side}),
                                   named(sigma, positiveSigmas(sigmas)), at.chance()}));
}

StepText equivalentOf(const Equivalents &equivalents, const StepPlace &at, int viewSize,
                      const char *nothing) {
    if (combinesNothing(at.step))
        return {.code = nothing, .hasChance = true, .remark = "an empty combination"};
    const auto found = equivalents.find(at.step.operation);
    return found == equivalents.end() ? StepText{} : found->second({at, viewSize});
}

} // namespace simclr::python
