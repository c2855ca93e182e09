// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/details/continue_dialog.h"

#include "core/run/run_extension.h"
#include "ui/widgets/parameter_form.h"
#include "ui/widgets/text_labels.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

namespace simclr::ui {

namespace {

/// Of the newest checkpoint, which may be older than the last step.
double checkpointEpoch(const RunRecord &run) {
    std::int64_t step = 0;
    for (const ArtifactRecord &artifact : run.artifacts)
        if (artifact.kind == lastCheckpointKind)
            step = std::max(step, artifact.step);
    return run.totalSteps > 0 ? static_cast<double>(step) * static_cast<double>(run.totalEpochs) /
                                    static_cast<double>(run.totalSteps)
                              : run.lastEpoch;
}

} // namespace

ContinueDialog::ContinueDialog(const RunRecord &run, QWidget *parent)
    : QDialog(parent),
      m_name(new QLineEdit(this)),
      m_form(new ParameterForm(changeableOptions(), this)),
      m_start(new QPushButton(tr("Continue"), this)) {
    setObjectName(QStringLiteral("continueDialog"));
    setWindowTitle(tr("Continue run %1").arg(run.id));
    setAttribute(Qt::WA_DeleteOnClose);
    m_form->setValues(trainOptionsDescription().read(configurationOf(run).options));
    m_initial = m_form->values();
    m_name->setObjectName(QStringLiteral("continuedName"));
    m_name->setPlaceholderText(tr("%1 (continued)").arg(QString::fromStdString(run.name)));
    m_start->setObjectName(QStringLiteral("startContinued"));
    buildLayout(
        tr("A new run starts from the last checkpoint of run %1, after epoch %2, with the same images, "
           "pipeline, encoder and loss. Its learning rate moves to the schedule for the new number of "
           "epochs within as many epochs as the warm-up has.")
            .arg(QString::number(run.id), QLocale().toString(checkpointEpoch(run), 'g', 4)));
    connect(m_form, &ParameterForm::valueEdited, this, &ContinueDialog::updateButton);
    connect(m_start, &QPushButton::clicked, this, &ContinueDialog::finish);
    updateButton();
}

void ContinueDialog::buildLayout(const QString &explanation) {
    QLabel *text = plainLabel(explanation, this);
    text->setWordWrap(true);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(m_form);
    constexpr int scrollBar = 24;
    scroll->setMinimumSize(m_form->minimumSizeHint().width() + scrollBar, 320);
    auto *nameRow = new QFormLayout;
    nameRow->addRow(tr("Name"), m_name);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->addButton(m_start, QDialogButtonBox::AcceptRole);
    m_start->setDefault(true);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(text);
    layout->addLayout(nameRow);
    layout->addWidget(scroll, 1);
    layout->addWidget(buttons);
}

Values ContinueDialog::changes() const {
    Values changed;
    for (const auto &[id, value] : m_form->values())
        if (value != m_initial.at(id))
            changed.emplace(id, value);
    return changed;
}

void ContinueDialog::updateButton() {
    const bool isChanged = !changes().empty();
    m_start->setEnabled(isChanged);
    m_start->setToolTip(isChanged ? QString() : tr("Change an option first, for example the epochs"));
}

void ContinueDialog::finish() {
    ResumeOptions options;
    options.changes = changes();
    options.name = m_name->text().trimmed().toStdString();
    Q_EMIT chosen(options);
    accept();
}

} // namespace simclr::ui
