// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/augmentation_check.h"

#include "core/augment/augmentation_messages.h"
#include "core/augment/augmentation_remedies.h"
#include "core/augment/operation.h"
#include "core/options/parameter.h"
#include "core/util/message_lists.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace simclr {

namespace {

using Findings = std::vector<AugmentationFinding>;
using enum AugmentationFinding::Verdict;

constexpr int largestSmallView = 64; ///< pixels; up to this size the authors' recipe for CIFAR-10 applies
constexpr double usualArea = 0.08;   ///< smallest fraction of the image that a crop covers (App. A)
constexpr int photographView = 224;  ///< pixels; view size for photographs in the paper
constexpr int muchShrunk = 6;        ///< factor; ImageNet's 375 px to views of 64 px is below it

/// The input of the rules.
struct Subject {
    const Pipeline &pipeline;
    int viewSize;
    int smallestSide;
    int usualSide;

    bool has(const char *operation) const { return uses(pipeline, operation); }
    bool hasPolicy() const { return has("auto_augment") || has("rand_augment"); }
    double usualStrength() const { return viewSize <= largestSmallView ? 0.5 : 1; }
};

constexpr auto &message = augmentationMessage;

/// The number with at most two decimals.
double shortNumber(double number) {
    return std::round(number * 100) / 100;
}

void checkUnknown(const Subject &subject, Findings &findings) {
    std::vector<MessageArgument> names;
    forEachActiveStep(subject.pipeline, [&](const PipelineStep &step) {
        const MessageArgument name = quotedName(step.operation);
        if (!step.isKnown() && std::ranges::find(names, name) == names.end())
            names.push_back(name);
    });
    if (!names.empty())
        findings.push_back({"unknown_operation",
                            Useless,
                            message("unknown_operation", listed(names)),
                            message("unknown_operation_why"),
                            {{message("unknown_operation_remedy"), withoutUnknown(subject.pipeline)}}});
}

void checkEffect(const Subject &subject, Findings &findings) {
    if (changesImages(subject.pipeline))
        return;
    Pipeline after = withColorDistortion(withFlip(withCrop(subject.pipeline)), subject.usualStrength());
    findings.push_back({"no_effect",
                        Useless,
                        message("no_effect"),
                        message("no_effect_why"),
                        {{message("no_effect_remedy"), std::move(after)}}});
}

void checkCrop(const Subject &subject, Findings &findings) {
    if (!subject.has("random_resized_crop"))
        findings.push_back({"random_crop",
                            Unusual,
                            message("random_crop"),
                            message("random_crop_why"),
                            {{message("random_crop_remedy"), withCrop(subject.pipeline)}}});
}

void checkCropArea(const Subject &subject, Findings &findings) {
    constexpr double tooLarge = 0.35;
    constexpr double tooSmall = 0.02;
    std::optional<double> odd;
    forEachActiveStep(subject.pipeline, [&](const PipelineStep &step) {
        if (step.operation != "random_resized_crop")
            return;
        const double low = std::get<Range>(step.parameters.at("area")).low;
        if (low > tooLarge || low < tooSmall)
            odd = low;
    });
    if (!odd)
        return;
    const double percent = shortNumber(*odd * 100);
    findings.push_back(
        {"crop_area",
         Unusual,
         *odd > tooLarge ? message("crop_area_large", percent) : message("crop_area_small", percent),
         message("crop_area_why"),
         {{message("crop_area_remedy"), withSmallestArea(subject.pipeline, usualArea)}}});
}

void checkFlip(const Subject &subject, Findings &findings) {
    if (!subject.has("horizontal_flip") && !subject.has("vertical_flip"))
        findings.push_back({"flip",
                            Unusual,
                            message("flip"),
                            message("flip_why"),
                            {{message("flip_remedy"), withFlip(subject.pipeline)}}});
}

bool distortsColor(const Subject &subject) {
    return std::ranges::any_of(std::array{"color_jitter", "brightness", "contrast", "saturation", "hue"},
                               [&](const char *operation) { return subject.has(operation); });
}

void checkColor(const Subject &subject, Findings &findings) {
    if (distortsColor(subject) || subject.hasPolicy())
        return;
    findings.push_back({"color_distortion",
                        Unusual,
                        message("color_distortion"),
                        message("color_distortion_why"),
                        {{message("color_distortion_remedy"),
                          withColorDistortion(subject.pipeline, subject.usualStrength())}}});
}

void checkPolicy(const Subject &subject, Findings &findings) {
    if (!subject.hasPolicy() || distortsColor(subject))
        return;
    Pipeline after = withoutOperation(withoutOperation(subject.pipeline, "auto_augment"), "rand_augment");
    findings.push_back(
        {"policy",
         Unusual,
         message("policy"),
         message("policy_why"),
         {{message("policy_remedy"), withColorDistortion(std::move(after), subject.usualStrength())}}});
}

void checkColorDrop(const Subject &subject, Findings &findings) {
    if (subject.has("color_jitter") && !subject.has("color_drop"))
        findings.push_back({"color_drop",
                            Unusual,
                            message("color_drop"),
                            message("color_drop_why"),
                            {{message("color_drop_remedy"), withColorDrop(subject.pipeline)}}});
}

void checkStrength(const Subject &subject, Findings &findings) {
    constexpr double weak = 0.2;
    constexpr double strong = 1.25;
    std::optional<double> odd;
    forEachActiveStep(subject.pipeline, [&](const PipelineStep &step) {
        if (step.operation != "color_jitter")
            return;
        const double strength = jitterStrength(step);
        if (strength < weak || strength > strong)
            odd = strength;
    });
    if (!odd)
        return;
    const double usual = subject.usualStrength();
    findings.push_back(
        {"jitter_strength",
         Unusual,
         *odd < weak ? message("jitter_weak", shortNumber(*odd))
                     : message("jitter_strong", shortNumber(*odd)),
         message("jitter_why"),
         {{message("jitter_remedy", shortNumber(usual)), withJitterStrength(subject.pipeline, usual)}}});
}

void checkBlur(const Subject &subject, Findings &findings) {
    constexpr int tooSmall = 32;
    constexpr int large = 128;
    if (subject.has("gaussian_blur") && subject.viewSize <= tooSmall)
        findings.push_back(
            {"blur",
             Unusual,
             message("blur_small", subject.viewSize),
             message("blur_small_why"),
             {{message("blur_small_remedy"), withoutOperation(subject.pipeline, "gaussian_blur")}}});
    if (!subject.has("gaussian_blur") && subject.viewSize >= large)
        findings.push_back({"blur",
                            Unusual,
                            message("blur_missing", subject.viewSize),
                            message("blur_missing_why"),
                            {{message("blur_missing_remedy"), withBlur(subject.pipeline)}}});
}

void checkNormalize(const Subject &subject, Findings &findings) {
    if (subject.has("normalize"))
        findings.push_back(
            {"normalize",
             Unusual,
             message("normalize"),
             message("normalize_why"),
             {{message("normalize_remedy"), withoutOperation(subject.pipeline, "normalize")}}});
}

bool usesOperation(const Pipeline &pipeline, int view, const char *operation) {
    return uses({{}, pipeline.stepsOf(view)}, operation);
}

/// Whether only one of the branches has this operation.
bool isOneSided(const Pipeline &pipeline, const char *operation) {
    return usesOperation(pipeline, 0, operation) != usesOperation(pipeline, 1, operation);
}

/// What is unusual about the second branch, if anything, and why.
std::optional<std::pair<Message, Message>> findingOnBranches(const Pipeline &pipeline) {
    const auto oneSided = [](Message sentence) {
        return std::pair(std::move(sentence), message("branch_one_sided_why"));
    };
    if (!changesImages({{}, pipeline.stepsOf(0)}) || !changesImages({{}, pipeline.stepsOf(1)}))
        return oneSided(message("branch_unchanged"));
    if (pipeline.steps == *pipeline.secondSteps)
        return std::pair(message("branches_equal"), message("branches_equal_why"));
    if (isOneSided(pipeline, "random_resized_crop"))
        return oneSided(message("branch_crop"));
    if (isOneSided(pipeline, "color_jitter"))
        return oneSided(message("branch_color"));
    return std::nullopt;
}

void checkBranches(const Subject &subject, Findings &findings) {
    if (!subject.pipeline.secondSteps)
        return;
    if (const auto odd = findingOnBranches(subject.pipeline))
        findings.push_back({"branches",
                            Unusual,
                            odd->first,
                            odd->second,
                            {{message("branches_remedy"), withOneBranch(subject.pipeline)}}});
    else
        findings.push_back({"branches", Fine, message("branches_fine"), message("branches_fine_why")});
}

/// Such as a phone's photographs as views of 32 px.
bool isMuchShrunk(const Subject &subject) {
    return subject.viewSize < photographView && subject.usualSide >= muchShrunk * subject.viewSize;
}

void checkSize(const Subject &subject, Findings &findings) {
    if (isMuchShrunk(subject))
        findings.push_back({"image_size", Unusual, message("shrunk", subject.viewSize, subject.usualSide),
                            message("shrunk_why", subject.usualSide / subject.viewSize)});
    else if (subject.smallestSide > 0 && subject.smallestSide * 2 <= subject.viewSize)
        findings.push_back({"image_size", Unusual,
                            message("enlarged", subject.viewSize, subject.smallestSide),
                            message("enlarged_why")});
}

bool isNamed(const Findings &findings, const char *id) {
    return std::ranges::find(findings, id, &AugmentationFinding::id) != findings.end();
}

void addPositive(const Subject &subject, Findings &findings) {
    if (subject.has("random_resized_crop") && distortsColor(subject))
        findings.push_back(
            {"crop_and_color", Fine, message("crop_and_color"), message("crop_and_color_why")});
    if (subject.has("color_jitter") && !isNamed(findings, "jitter_strength"))
        findings.push_back({"strength", Fine, message("strength_fine"), message("strength_fine_why")});
    if (subject.has("random_resized_crop") && !isNamed(findings, "crop_area"))
        findings.push_back({"area", Fine, message("area_fine"), message("area_fine_why")});
}

} // namespace

std::vector<AugmentationFinding> checkAugmentation(const Pipeline &pipeline, int viewSize, int smallestSide,
                                                   int usualSide) {
    const Subject subject{pipeline, viewSize, smallestSide, usualSide > 0 ? usualSide : smallestSide};
    Findings findings;
    checkUnknown(subject, findings);
    checkEffect(subject, findings);
    if (changesImages(pipeline))
        for (const auto check : {checkCrop, checkCropArea, checkColor, checkPolicy, checkColorDrop,
                                 checkStrength, checkBlur, checkFlip, checkNormalize, checkBranches})
            check(subject, findings);
    checkSize(subject, findings);
    addPositive(subject, findings);
    std::ranges::stable_partition(findings,
                                  [](const AugmentationFinding &finding) { return finding.verdict != Fine; });
    return findings;
}

} // namespace simclr
