// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"

#include <memory>
#include <string>
#include <vector>

namespace simclr::python {

/// A step as an expression.
struct StepText {
    std::string code;        ///< may have several lines; an object that maps an image to an image
    std::string lack = {};   ///< what the library has no equivalent for, and what is used instead; or empty
    bool hasChance = false;  ///< the code already applies the step's probability
    std::string remark = {}; ///< for a comment
    bool isAnothers =
        false; ///< another library's writer wrote it; gaps of its parts are still to be reported
};

/// A step, its probability in its combination, and its place.
struct StepPlace {
    const PipelineStep &step;
    double probability;
    std::string place; ///< "Step 3.1"

    double real(const char *id) const { return std::get<double>(step.parameters.at(id)); }
    int whole(const char *id) const {
        return static_cast<int>(std::get<std::int64_t>(step.parameters.at(id)));
    }
    Range range(const char *id) const { return std::get<Range>(step.parameters.at(id)); }
    const std::string &text(const char *id) const { return std::get<std::string>(step.parameters.at(id)); }
};

/// Writes the steps of a pipeline for one library. Exists while one pipeline is written.
class StepWriter {
  public:
    /// `library` names it in comments and gaps.
    StepWriter(std::string library, int viewSize) : m_library(std::move(library)), m_viewSize(viewSize) {}
    virtual ~StepWriter() = default;

    /// The lines of a list of the steps; `place` is the prefix of their place ("Step ").
    std::string items(const std::vector<PipelineStep> &steps, const std::string &place);

    /// Converts an image of any size to the view size.
    virtual std::string lastItem() const = 0;

    const std::vector<std::string> &gaps() const { return m_gaps; }

  protected:
    /// The step with the probability given by `at`.
    virtual StepText write(const StepPlace &at) = 0;

    /// What the library has no equivalent for in the step, and what is used instead; empty if it has one.
    virtual std::string lackOf(const StepPlace &at) = 0;

    /// The lines of a list of the parts of a combination. If one of them is selected (`isCertain`), parts
    /// have no probability of their own. Unknown operations become no-ops, but keep their position.
    std::string partItems(const StepPlace &at, bool isCertain);

    /// Reports the gaps of the parts of a combination that another library's writer wrote.
    void addPartGaps(const StepPlace &at);

    /// An item that does not change the image.
    virtual std::string nothing() const { return "torch.nn.Identity()"; }

    int viewSize() const { return m_viewSize; }
    const std::string &library() const { return m_library; }

  private:
    std::string writtenItem(const StepPlace &at);
    std::string unknownItem(const PipelineStep &step, const std::string &place, bool keepsPlace);
    void addGap(const StepPlace &at, const std::string &sentence);
    void addLack(const StepPlace &at, const std::string &lack);
    void addUnknown(const StepPlace &at);
    void reportKernels(const std::vector<PipelineStep> &steps, const std::string &place, bool hasViewSize,
                       bool isInOrder);

    std::string m_library;
    int m_viewSize;
    std::vector<std::string> m_gaps;
};

/// For torchvision, version 1 (`transforms`, PIL images) or 2 (`v2`, tensors of bytes).
class TorchvisionWriter : public StepWriter {
  public:
    TorchvisionWriter(bool isSecondVersion, int viewSize);
    std::string lastItem() const override;

    /// For the writers of other libraries: operations that they have no equivalent for.
    StepText write(const StepPlace &at) override;

    /// The same, always with its probability applied.
    StepText withChance(const StepPlace &at);

    std::string lackOf(const StepPlace &at) override;

  private:
    StepText combination(const StepPlace &at);
    StepText operation(const StepPlace &at) const;

    std::string m_module;
    bool m_isSecondVersion;
};

/// For kornia, with batches of tensors. Operations without an equivalent are done by torchvision for each
/// image.
class KorniaWriter : public StepWriter {
  public:
    explicit KorniaWriter(int viewSize);
    std::string lastItem() const override;

  protected:
    StepText write(const StepPlace &at) override;
    std::string lackOf(const StepPlace &at) override;

  private:
    TorchvisionWriter m_torchvision;
};

/// For Albumentations, with arrays of bytes. Operations without an equivalent are done by torchvision with
/// PIL.
class AlbumentationsWriter : public StepWriter {
  public:
    explicit AlbumentationsWriter(int viewSize);
    std::string lastItem() const override;

  protected:
    StepText write(const StepPlace &at) override;
    std::string lackOf(const StepPlace &at) override;
    std::string nothing() const override { return "A.NoOp()"; }

  private:
    TorchvisionWriter m_torchvision;
};

/// Kernel size of a Gaussian blur for images of this height, odd; 1: no blur.
int blurKernel(double share, int height);

/// The σ interval of a Gaussian; values that libraries reject are replaced by one too small to be visible.
Range positiveSigmas(const Range &sigma);

/// Whether the step is a combination without any possible effect.
bool combinesNothing(const PipelineStep &step);

/// Whether the step, with this probability, gives every image the view size.
bool makesViewSize(const PipelineStep &step, double probability);

/// Whether the size of an image after the step is random.
bool leavesSizeToChance(const PipelineStep &step, double probability);

/// Whether the step, or a part of it, may rotate images by quarters.
bool turnsQuarters(const PipelineStep &step);

/// Grey or black, as a byte.
int fillLevel(const std::string &fill);

} // namespace simclr::python
