// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/augmentation_check.h"

#include "core/augment/augmentation_remedies.h"
#include "core/augment/operation.h"
#include "core/options/parameter.h"

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
    std::string sizeText() const { return std::to_string(viewSize) + " px"; }
};

/// The number with at most two decimals.
std::string shortText(double number) {
    return numberText(std::round(number * 100) / 100);
}

void checkUnknown(const Subject &subject, Findings &findings) {
    std::string names;
    forEachActiveStep(subject.pipeline, [&](const PipelineStep &step) {
        if (!step.isKnown() && names.find('"' + step.operation + '"') == std::string::npos)
            names += (names.empty() ? "\"" : ", \"") + step.operation + '"';
    });
    if (!names.empty())
        findings.push_back({"unknown_operation",
                            Useless,
                            "Unknown operation: " + names + ".",
                            "A step of an unknown operation is kept in the file, but no view can be rendered "
                            "until it is switched off.",
                            {{"Switch off", withoutUnknown(subject.pipeline)}}});
}

void checkEffect(const Subject &subject, Findings &findings) {
    if (!changesPictures(subject.pipeline))
        findings.push_back(
            {"no_effect",
             Useless,
             "No step changes the images: both views of an image are identical.",
             "The contrastive task would be trivial, and nothing would be learnt. Crop plus colour "
             "distortion is by far the best pair (Fig. 5).",
             {{"Add crop and colour distortion",
               withColorDistortion(withFlip(withCrop(subject.pipeline)), subject.usualStrength())}}});
}

void checkCrop(const Subject &subject, Findings &findings) {
    if (!subject.has("random_resized_crop"))
        findings.push_back({"random_crop",
                            Unusual,
                            "Without random crops the contrastive task is weak.",
                            "Crop plus colour distortion is by far the best pair of augmentations (Fig. 5).",
                            {{"Add random resized crop", withCrop(subject.pipeline)}}});
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
    const std::string what = *odd > tooLarge
                                 ? "views of one image overlap strongly and can be matched by their layout"
                                 : "some views contain almost nothing of the image";
    findings.push_back({"crop_area",
                        Unusual,
                        "With crops from " + shortText(*odd * 100) + " % of the area, " + what + ".",
                        "The authors crop from 8 % of the area (App. A), MoCo v2 from 20 %, SwAV from 14 %.",
                        {{"Crop from 8 %", withSmallestArea(subject.pipeline, usualArea)}}});
}

void checkFlip(const Subject &subject, Findings &findings) {
    if (!subject.has("horizontal_flip") && !subject.has("vertical_flip"))
        findings.push_back({"flip",
                            Unusual,
                            "Images are never flipped.",
                            "The authors flip with probability 0.5 after the crop (App. A). Omit it if left "
                            "and right matter, as for letters.",
                            {{"Add horizontal flip", withFlip(subject.pipeline)}}});
}

bool distortsColor(const Subject &subject) {
    return std::ranges::any_of(std::array{"color_jitter", "brightness", "contrast", "saturation", "hue"},
                               [&](const char *operation) { return subject.has(operation); });
}

void checkColor(const Subject &subject, Findings &findings) {
    if (distortsColor(subject) || subject.hasPolicy())
        return;
    findings.push_back(
        {"color_distortion",
         Unusual,
         "Without colour distortion, crops of one image can be matched by colour alone.",
         "Crops of one image share a histogram (section 3.1, Fig. 6). Crop plus colour distortion removes "
         "this shortcut (Fig. 5).",
         {{"Add colour distortion", withColorDistortion(subject.pipeline, subject.usualStrength())}}});
}

void checkPolicy(const Subject &subject, Findings &findings) {
    if (!subject.hasPolicy() || distortsColor(subject))
        return;
    Pipeline after = withoutOperation(withoutOperation(subject.pipeline, "auto_augment"), "rand_augment");
    findings.push_back({"policy",
                        Unusual,
                        "Policies learnt for supervised training perform worse here than strong colour "
                        "distortion.",
                        "AutoAugment reaches 61.1 %, crop and colour distortion of strength 1 reach 63.2 %, "
                        "with blur 64.5 % (Table 1).",
                        {{"Use colour distortion instead",
                          withColorDistortion(std::move(after), subject.usualStrength())}}});
}

void checkColorDrop(const Subject &subject, Findings &findings) {
    if (subject.has("color_jitter") && !subject.has("color_drop"))
        findings.push_back({"color_drop",
                            Unusual,
                            "Colours are distorted but never dropped.",
                            "The authors convert a fifth of the views to grey after the jitter (App. A), so "
                            "that the remaining colour histogram does not identify the pair.",
                            {{"Add colour drop", withColorDrop(subject.pipeline)}}});
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
    findings.push_back({"jitter_strength",
                        Unusual,
                        "Colour jitter of strength " + shortText(*odd) +
                            (*odd < weak ? " is weak." : " is stronger than any in the paper."),
                        "Strength 1/8, 1/4, 1/2 and 1 reach 59.6, 61.0, 62.6 and 63.2 % (Table 1); the "
                        "authors use 1 on ImageNet and 0.5 on CIFAR-10 (App. A, B.9).",
                        {{"Set strength " + shortText(usual), withJitterStrength(subject.pipeline, usual)}}});
}

void checkBlur(const Subject &subject, Findings &findings) {
    constexpr int tooSmall = 32;
    constexpr int large = 128;
    if (subject.has("gaussian_blur") && subject.viewSize <= tooSmall)
        findings.push_back({"blur",
                            Unusual,
                            "Blur removes most detail from views of " + subject.sizeText() + ".",
                            "The authors use none on CIFAR-10 (B.9).",
                            {{"Switch blur off", withoutOperation(subject.pipeline, "gaussian_blur")}}});
    if (!subject.has("gaussian_blur") && subject.viewSize >= large)
        findings.push_back({"blur",
                            Unusual,
                            "Views of " + subject.sizeText() + " are never blurred.",
                            "Blur in half of the views raises 63.2 % at strength 1 to 64.5 % (Table 1).",
                            {{"Add Gaussian blur", withBlur(subject.pipeline)}}});
}

void checkNormalize(const Subject &subject, Findings &findings) {
    if (subject.has("normalize"))
        findings.push_back({"normalize",
                            Unusual,
                            "Views are normalised.",
                            "The authors do not normalise: the network's input is pixels in [0, 1]. "
                            "Normalising here quantises to 8 bits again and undoes part of the jitter.",
                            {{"Switch off", withoutOperation(subject.pipeline, "normalize")}}});
}

bool drawsIn(const Pipeline &pipeline, int view, const char *operation) {
    return uses({{}, pipeline.stepsOf(view)}, operation);
}

/// What is unusual about the second branch, if anything, and why.
std::optional<std::pair<const char *, const char *>> oddityOfBranches(const Pipeline &pipeline) {
    constexpr auto oneSided = "Augmenting only one view is for ablations of single augmentations; it makes "
                              "the representation worse (section 3.1).";
    if (!changesPictures({{}, pipeline.stepsOf(0)}) || !changesPictures({{}, pipeline.stepsOf(1)}))
        return {{"One view is the unchanged image.", oneSided}};
    if (pipeline.steps == *pipeline.secondSteps)
        return {{"The second view has its own list, identical to the first.",
                 "One list already renders both views with independent random numbers; two lists are for "
                 "views that differ, as in BYOL."}};
    for (const auto &[operation, sentence] :
         {std::pair{"random_resized_crop", "Only one of the views is cropped at random."},
          std::pair{"color_jitter", "Only one of the views has colour distortion."}})
        if (drawsIn(pipeline, 0, operation) != drawsIn(pipeline, 1, operation))
            return {{sentence, oneSided}};
    return std::nullopt;
}

void checkBranches(const Subject &subject, Findings &findings) {
    if (!subject.pipeline.secondSteps)
        return;
    if (const auto odd = oddityOfBranches(subject.pipeline))
        findings.push_back({"branches",
                            Unusual,
                            odd->first,
                            odd->second,
                            {{"Use one list for both", withOneBranch(subject.pipeline)}}});
    else
        findings.push_back({"branches", Fine, "Each view has its own list of steps.",
                            "Crop and colour distortion are in both or in neither; BYOL's views differ only "
                            "in blur and solarisation."});
}

/// Such as a phone's photographs as views of 32 px.
bool isMuchShrunk(const Subject &subject) {
    return subject.viewSize < photographView && subject.usualSide >= muchShrunk * subject.viewSize;
}

void checkShrinking(const Subject &subject, Findings &findings) {
    const std::string covered = std::to_string(subject.usualSide / subject.viewSize);
    findings.push_back({"image_size", Unusual,
                        "Views of " + subject.sizeText() + " are shrunk from images of " +
                            std::to_string(subject.usualSide) + " px; fine detail is lost.",
                        "A pixel of an uncropped view is the average of " + covered + " × " + covered +
                            " pixels of its image. The paper trains on photographs with views of 224 px; "
                            "views of 96 or 128 px cost less."});
}

void checkSize(const Subject &subject, Findings &findings) {
    if (isMuchShrunk(subject))
        return checkShrinking(subject, findings);
    if (subject.smallestSide > 0 && subject.smallestSide * 2 <= subject.viewSize)
        findings.push_back({"image_size", Unusual,
                            "Views of " + subject.sizeText() + " are enlarged from images of " +
                                std::to_string(subject.smallestSide) + " px.",
                            "This costs time and adds no detail."});
}

bool isNamed(const Findings &findings, const char *id) {
    return std::ranges::find(findings, id, &AugmentationFinding::id) != findings.end();
}

void addPositive(const Subject &subject, Findings &findings) {
    if (subject.has("random_resized_crop") && distortsColor(subject))
        findings.push_back({"crop_and_color", Fine, "Random crops and colour distortion are both used.",
                            "This is by far the best pair of augmentations (Fig. 5)."});
    if (subject.has("color_jitter") && !isNamed(findings, "jitter_strength"))
        findings.push_back({"strength", Fine, "The colour jitter is as strong as in the usual recipes.",
                            "The authors use strength 1 on ImageNet and 0.5 on CIFAR-10 (App. A, B.9)."});
    if (subject.has("random_resized_crop") && !isNamed(findings, "crop_area"))
        findings.push_back({"area", Fine, "Crops range from details to the whole image.",
                            "The authors crop from 8 % of the area (App. A)."});
}

} // namespace

std::vector<AugmentationFinding> checkAugmentation(const Pipeline &pipeline, int viewSize, int smallestSide,
                                                   int usualSide) {
    const Subject subject{pipeline, viewSize, smallestSide, usualSide > 0 ? usualSide : smallestSide};
    Findings findings;
    checkUnknown(subject, findings);
    checkEffect(subject, findings);
    if (changesPictures(pipeline))
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
