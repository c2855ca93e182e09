// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview/comparison_picker.h"

#include "ui/document/pipeline_document.h"
#include "ui/text/paths.h"
#include "ui/widgets/file_dialog.h"
#include "ui/widgets/wheel_guard.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QSignalBlocker>

namespace simclr::ui {

QString nameOf(const Pipeline &pipeline) {
    return pipeline.name.empty() ? PreviewRival::tr("a pipeline without a name")
                                 : QString::fromStdString(pipeline.name);
}

PreviewRival::PreviewRival(PipelineDocument &document, QWidget *parent)
    : QComboBox(parent), m_document(document) {
    setObjectName(QStringLiteral("comparedPipeline"));
    setAccessibleName(tr("Pipeline to compare with"));
    setToolTip(tr("What the pipeline is compared with, on the same images and random numbers"));
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(20);
    WheelGuard::install(this);
    addItem(tr("As it was opened or saved"));
    for (const PipelinePreset &preset : pipelinePresets()) {
        addItem(nameOf(preset.pipeline));
        m_choices.push_back({preset.pipeline, tr("preset")});
    }
    addItem(tr("A file…"));
    connect(this, &QComboBox::activated, this, &PreviewRival::choose);
    connect(&document, &PipelineDocument::modifiedChanged, this, [this] {
        if (m_current == 0) // saved, perhaps
            Q_EMIT changed();
    });
}

Pipeline PreviewRival::pipeline() const {
    return m_current == 0 ? m_document.saved() : m_choices[std::size_t(m_current - 1)].pipeline;
}

QString PreviewRival::title(const QString &other) const {
    if (m_current == 0)
        return tr("%1, as opened or saved").arg(nameOf(m_document.saved()));
    const Choice &choice = m_choices[std::size_t(m_current - 1)];
    const QString name = nameOf(choice.pipeline);
    return name == other ? tr("%1, %2", "a pipeline's name, and its kind or file").arg(name, choice.kind)
                         : name;
}

void PreviewRival::choose(int index) {
    if (index < count() - 1) {
        m_current = index;
        Q_EMIT changed();
        return;
    }
    setCurrentIndex(m_current); // until a file is chosen
    QFileDialog *dialog =
        newFileDialog(window(), QStringLiteral("comparedFileDialog"), tr("Compare with a pipeline"),
                      tr("Pipelines (*.json);;All files (*)"), FolderFor::Pipelines);
    connect(dialog, &QFileDialog::fileSelected, this, &PreviewRival::openFile);
    dialog->open();
}

void PreviewRival::openFile(const QString &file) {
    try {
        m_choices.push_back({readPipeline(toPath(file)), QFileInfo(file).fileName()});
    } catch (const std::exception &error) {
        Q_EMIT failed(QString::fromStdString(error.what()));
        return;
    }
    m_current = count() - 1;
    const Choice &chosen = m_choices.back();
    insertItem(m_current, QStringLiteral("%1 (%2)").arg(nameOf(chosen.pipeline), chosen.kind));
    setCurrentIndex(m_current);
    Q_EMIT changed();
}

} // namespace simclr::ui
