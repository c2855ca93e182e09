// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"

#include <QObject>
#include <QString>
#include <filesystem>
#include <optional>

namespace simclr::ui {

class PipelineDocument;

/// Remembers in the settings which pipeline is open, so that the next start opens it again: its file, or
/// where it has none, the pipeline itself. What a crash leaves unsaved is the PipelineAutosave's matter.
/// Owned by the MainWindow; UI thread.
class LastPipeline : public QObject {
    Q_OBJECT
  public:
    explicit LastPipeline(PipelineDocument &document, QObject *parent = nullptr);

    /// Opens the pipeline of last time, if there is one. Where its file cannot be read any more, what was
    /// last read from it.
    void reopen();
    /// Writes it to the settings; a pipeline without a file with its changes.
    void keep();

  Q_SIGNALS:
    /// A sentence for the person.
    void failed(const QString &reason);

  private:
    struct Missing {
        std::filesystem::path file;
        Pipeline saved; ///< what was last read from it
    };

    std::filesystem::path file() const;
    void openAgain(const Json &last);
    void openFile(const std::filesystem::path &file, const Pipeline &saved);

    PipelineDocument &m_document;
    std::optional<Missing> m_missing;
};

} // namespace simclr::ui
