// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"

#include <memory>
#include <string>
#include <vector>

namespace simclr::python {

/// A step as an expression.
struct StepText {
    std::string code;        ///< may have several lines; makes something that takes and gives a picture
    std::string lack = {};   ///< what the library has no equal for, and what stands there instead; or nothing
    bool hasChance = false;  ///< the code heeds the step's probability by itself
    std::string remark = {}; ///< for a comment
    bool isAnothers =
        false; ///< another library's writer wrote it whole; gaps of its parts are yet to be told
};

/// A step, how likely it is where it stands, and where that is.
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

/// Writes the steps of a pipeline in the terms of one library. Lives while one pipeline is written.
class StepWriter {
  public:
    /// `library` names it in comments and gaps.
    StepWriter(std::string library, int viewSize) : m_library(std::move(library)), m_viewSize(viewSize) {}
    virtual ~StepWriter() = default;

    /// The lines of a list of the steps; `place` names the first part of where they stand ("Step ").
    std::string items(const std::vector<PipelineStep> &steps, const std::string &place);

    /// A picture of any size becomes one of the views.
    virtual std::string lastItem() const = 0;

    const std::vector<std::string> &gaps() const { return m_gaps; }

  protected:
    /// The step with its probability, which `at` says.
    virtual StepText write(const StepPlace &at) = 0;

    /// What the library has no equal for in the step, and what stands there instead; nothing where it has
    /// one.
    virtual std::string lackOf(const StepPlace &at) = 0;

    /// The lines of a list of the parts of a combination. Where one of them is drawn (`isCertain`), none has
    /// a chance besides. What this version does not know stands for nothing, but keeps its place.
    std::string partItems(const StepPlace &at, bool isCertain);

    /// Tells the gaps of the parts of a combination that another library's writer wrote whole.
    void addPartGaps(const StepPlace &at);

    /// An item that leaves the picture as it is.
    virtual std::string nothing() const { return "torch.nn.Identity()"; }

    int viewSize() const { return m_viewSize; }
    const std::string &library() const { return m_library; }

  private:
    std::string writtenItem(const StepPlace &at);
    std::string unknownItem(const PipelineStep &step, const std::string &place, bool keepsPlace);
    void addGap(const StepPlace &at, const std::string &sentence);
    void addLack(const StepPlace &at, const std::string &lack);
    void addUnknown(const StepPlace &at);
    void tellKernels(const std::vector<PipelineStep> &steps, const std::string &place, bool hasViewSize,
                     bool isInOrder);

    std::string m_library;
    int m_viewSize;
    std::vector<std::string> m_gaps;
};

/// Of torchvision, version 1 (`transforms`, PIL pictures) or 2 (`v2`, tensors of bytes).
class TorchvisionWriter : public StepWriter {
  public:
    TorchvisionWriter(bool isSecondVersion, int viewSize);
    std::string lastItem() const override;

    /// For the writers of other libraries: what they have no equal for.
    StepText write(const StepPlace &at) override;

    /// The same, its probability heeded in any case.
    StepText withChance(const StepPlace &at);

    std::string lackOf(const StepPlace &at) override;

  private:
    StepText combination(const StepPlace &at);
    StepText operation(const StepPlace &at) const;

    std::string m_module;
    bool m_isSecondVersion;
};

/// Of kornia, for batches of tensors. What it has no equal for is done by torchvision for each picture.
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

/// Of Albumentations, for arrays of bytes. What it has no equal for is done by torchvision with PIL.
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

/// Side of the kernel of a Gaussian blur for pictures of this height, odd; 1: nothing is blurred.
int blurKernel(double share, int height);

/// The widths of a Gaussian, those that libraries refuse replaced by one too small to see.
Range positiveSigmas(const Range &sigma);

/// Whether the step is a combination of which nothing can happen.
bool combinesNothing(const PipelineStep &step);

/// Whether the step, with this probability, makes every picture one of the view's size.
bool makesViewSize(const PipelineStep &step, double probability);

/// Whether chance says which size a picture has behind the step.
bool leavesSizeToChance(const PipelineStep &step, double probability);

/// Whether the step, or a part of it, may turn pictures by quarters.
bool turnsQuarters(const PipelineStep &step);

/// Grey or black, as a byte.
int fillLevel(const std::string &fill);

} // namespace simclr::python
