// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"

#include <QObject>
#include <QString>
#include <filesystem>
#include <optional>

namespace simclr::ui {

class PipelineDocument;

/// Remembers in the settings which pipeline is open, so that the next start opens it again: its file, or,
/// without a file, the pipeline itself. Unsaved changes after a crash are handled by PipelineAutosave. Owned
/// by the MainWindow; UI thread.
class LastPipeline : public QObject {
    Q_OBJECT
  public:
    explicit LastPipeline(PipelineDocument &document, QObject *parent = nullptr);

    /// Opens the previous pipeline, if there is one. If its file cannot be read any more, opens the version
    /// last read from it.
    void reopen();
    /// Writes the pipeline to the settings; a pipeline without a file including its changes.
    void keep();

  Q_SIGNALS:
    /// A sentence for the user.
    void failed(const QString &reason);

  private:
    struct Missing {
        std::filesystem::path file;
        Pipeline saved; ///< the version last read from the file
    };

    std::filesystem::path file() const;
    void openAgain(const Json &last);
    void openFile(const std::filesystem::path &file, const Pipeline &saved);

    PipelineDocument &m_document;
    std::optional<Missing> m_missing;
};

} // namespace simclr::ui
