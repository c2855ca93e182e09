// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline_edit.h"

#include <QObject>
#include <QUndoStack>
#include <filesystem>
#include <optional>
#include <vector>

namespace simclr::ui {

/// The pipeline being edited. Undo commands are its only mutators: each public edit pushes one, and repeated
/// changes of one value (a slider drag) merge into a single step. Lives on the UI thread; owned by the
/// MainWindow.
class PipelineDocument : public QObject {
    Q_OBJECT
  public:
    explicit PipelineDocument(QObject *parent = nullptr);

    const Pipeline &pipeline() const;
    QUndoStack *undoStack();
    /// Differs from what was last loaded or saved.
    bool isModified() const;
    /// As it was last loaded or saved.
    const Pipeline &saved() const { return m_origin.saved; }
    /// The file it was loaded from or saved to; empty for a preset.
    const std::filesystem::path &file() const;

    /// Adds a step of this operation in the gap at `at`.
    void insertStep(const StepPath &at, const QString &operation);
    /// Adds steps, from the clipboard say, in the gap at `at`. Throws InvalidInput where combinations would
    /// be nested too deeply; so do moveSteps() and combineSteps().
    void insertSteps(const StepPath &at, const std::vector<PipelineStep> &steps);
    /// Puts a copy behind each of them. Gives where the copies stand then.
    std::vector<StepPath> duplicateSteps(const std::vector<StepPath> &paths);
    void removeSteps(const std::vector<StepPath> &paths);
    /// Puts them into the gap at `to`, as the pipeline stands before. Gives where the first one stands then.
    std::optional<StepPath> moveSteps(const std::vector<StepPath> &paths, const StepPath &to);
    /// Puts them into a new combination at the place of the first. Gives where that stands.
    std::optional<StepPath> combineSteps(const std::vector<StepPath> &paths, const QString &combination);
    /// Puts the steps of a combination in its place.
    void dissolveStep(const StepPath &path);

    void setStepsEnabled(const std::vector<StepPath> &paths, bool enabled);
    void setStepProbability(const StepPath &path, double probability);
    void setParameter(const StepPath &path, const QString &id, const Value &value);
    /// Probability and parameters as a new step of the operation has them; what it combines stays.
    void resetSteps(const std::vector<StepPath> &paths);

    /// The second view gets steps of its own, at first the same.
    void splitBranches();
    /// Both views are drawn by steps of the first from now on.
    void dropSecondBranch();
    /// The steps of view `from` (0 or 1) replace those of the other. Only where the second has its own.
    void copyBranch(int from);

    void rename(const QString &name);
    /// Any change that has no function of its own, as one undoable step; `text` names it in the history.
    void change(const Pipeline &after, const QString &text);
    /// Replaces all by another pipeline, as one undoable step. What comes is not what the file held, so the
    /// document then has no file; undoing gives it back.
    void replace(const Pipeline &pipeline);
    /// The same with changes of `file`, which holds `saved`; the document then belongs to it.
    void recover(const Pipeline &pipeline, const std::filesystem::path &file, const Pipeline &saved);

    /// Loads a file, forgetting the history. Throws IoError or InvalidInput; the document is then unchanged.
    void load(const std::filesystem::path &file);
    /// Starts from a preset, forgetting the history.
    void loadPreset(const PipelinePreset &preset);
    /// Starts from a pipeline that has no file, forgetting the history.
    void start(const Pipeline &pipeline);
    /// Throws IoError.
    void save(const std::filesystem::path &file);

  Q_SIGNALS:
    /// Any change of pipeline(); `structure` where steps were added, removed, moved or replaced.
    void changed(bool structure);
    void modifiedChanged(bool modified);
    void fileChanged();

  private:
    friend class PipelineCommand;
    friend class ReplaceCommand;

    /// Where the pipeline is kept, and what stands there.
    struct Origin {
        std::filesystem::path file;
        Pipeline saved;
    };

    void assign(const Pipeline &pipeline, bool structure);
    /// Makes `origin` the document's own and leaves the former one there.
    void exchangeOrigin(Origin &origin);
    void restart(const Pipeline &pipeline, const std::filesystem::path &file);
    void announceModified();
    void push(Pipeline after, bool structure, const QString &text, const QString &mergeKey = {});

    Pipeline m_pipeline;
    Origin m_origin;
    QUndoStack m_undo;
    bool m_wasModified = false;
};

} // namespace simclr::ui
