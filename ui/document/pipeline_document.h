// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline_edit.h"

#include <QObject>
#include <QUndoStack>
#include <filesystem>
#include <optional>
#include <vector>

namespace simclr::ui {

/// The edited pipeline. Only undo commands modify it: each public edit pushes one, and repeated changes of
/// one value (a slider drag) merge into a single step. Lives on the UI thread; owned by the MainWindow.
class PipelineDocument : public QObject {
    Q_OBJECT
  public:
    explicit PipelineDocument(QObject *parent = nullptr);

    const Pipeline &pipeline() const;
    QUndoStack *undoStack();
    /// Whether it differs from the version last loaded or saved.
    bool isModified() const;
    /// The version last loaded or saved.
    const Pipeline &saved() const { return m_origin.saved; }
    /// The file it was loaded from or saved to; empty for a preset.
    const std::filesystem::path &file() const;

    /// Adds a step of this operation in the gap `at`.
    void insertStep(const StepPath &at, const QString &operation);
    /// Adds steps, for example from the clipboard, in the gap `at`. Throws InvalidInput if combinations would
    /// be nested too deeply; so do moveSteps() and combineSteps().
    void insertSteps(const StepPath &at, const std::vector<PipelineStep> &steps);
    /// Inserts a copy after each of them. Returns the paths of the copies.
    std::vector<StepPath> duplicateSteps(const std::vector<StepPath> &paths);
    void removeSteps(const std::vector<StepPath> &paths);
    /// Moves them to the gap `to`, a path in the pipeline before the move. Returns the new path of the first
    /// one.
    std::optional<StepPath> moveSteps(const std::vector<StepPath> &paths, const StepPath &to);
    /// Puts them into a new combination at the position of the first. Returns the path of the combination.
    std::optional<StepPath> combineSteps(const std::vector<StepPath> &paths, const QString &combination);
    /// Replaces a combination by its steps.
    void dissolveStep(const StepPath &path);

    void setStepsEnabled(const std::vector<StepPath> &paths, bool enabled);
    void setStepProbability(const StepPath &path, double probability);
    void setParameter(const StepPath &path, const QString &id, const Value &value);
    /// Sets probability and parameters to the defaults of the operation; the steps of a combination are kept.
    void resetSteps(const std::vector<StepPath> &paths);

    /// Gives the second view its own steps, initially a copy of the first view's.
    void splitBranches();
    /// Uses the steps of the first view for both views.
    void dropSecondBranch();
    /// Replaces the steps of the other view by those of view `from` (0 or 1). Only if the second view has its
    /// own.
    void copyBranch(int from);

    void rename(const QString &name);
    /// Any other change, as one undoable step; `text` names it in the history.
    void change(const Pipeline &after, const QString &text);
    /// Replaces the pipeline by another one, as one undoable step. The new pipeline does not belong to the
    /// file, so the document then has no file; undo restores it.
    void replace(const Pipeline &pipeline);
    /// The same with unsaved changes of `file`, which contains `saved`; the document then belongs to that
    /// file.
    void recover(const Pipeline &pipeline, const std::filesystem::path &file, const Pipeline &saved);

    /// Loads a file and clears the history. Throws IoError or InvalidInput; the document is then unchanged.
    void load(const std::filesystem::path &file);
    /// Starts from a preset and clears the history.
    void loadPreset(const PipelinePreset &preset);
    /// Starts from a pipeline without a file and clears the history.
    void start(const Pipeline &pipeline);
    /// Throws IoError.
    void save(const std::filesystem::path &file);

  Q_SIGNALS:
    /// Any change of pipeline(); `structure` if steps were added, removed, moved or replaced.
    void changed(bool structure);
    void modifiedChanged(bool modified);
    void fileChanged();

  private:
    friend class PipelineCommand;
    friend class ReplaceCommand;

    /// The file of the pipeline, and its content.
    struct Origin {
        std::filesystem::path file;
        Pipeline saved;
    };

    void assign(const Pipeline &pipeline, bool structure);
    /// Swaps the document's origin with `origin`.
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
