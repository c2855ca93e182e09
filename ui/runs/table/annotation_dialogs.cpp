// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/annotation_dialogs.h"

#include "ui/text/run_text.h"
#include "ui/widgets/note_view.h"
#include "ui/widgets/plain_text.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QVBoxLayout>
#include <algorithm>
#include <map>
#include <utility>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(AnnotationDialogs)
};

using Counts = std::map<std::string, std::size_t>;

Counts tagCounts(const std::vector<RunPtr> &runs) {
    Counts counts;
    for (const RunPtr &run : runs)
        for (const std::string &tag : run->tags)
            ++counts[tag];
    return counts;
}

Qt::CheckState stateOf(std::size_t count, std::size_t runs) {
    if (count == 0)
        return Qt::Unchecked;
    return count == runs ? Qt::Checked : Qt::PartiallyChecked;
}

/// The tags with their boxes; a tag stays as it is until the user changes its box.
class TagList : public QListWidget {
  public:
    TagList(const std::vector<RunPtr> &runs, const std::vector<RunPtr> &all) {
        setObjectName(QStringLiteral("tagList"));
        setAccessibleName(Texts::tr("Tags"));
        const Counts own = tagCounts(runs);
        for (const auto &[tag, count] : tagCounts(all)) {
            const auto mine = own.find(tag);
            const Qt::CheckState state = stateOf(mine == own.end() ? 0 : mine->second, runs.size());
            auto *item = new QListWidgetItem(QString::fromStdString(tag), this);
            item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
            item->setCheckState(state);
            item->setData(Qt::UserRole, state);
        }
    }

    AnnotationChange change(const QString &added) const {
        AnnotationChange change;
        for (int row = 0; row < count(); ++row) {
            const QListWidgetItem &tag = *item(row);
            if (tag.checkState() == tag.data(Qt::UserRole).toInt())
                continue;
            auto &list = tag.checkState() == Qt::Checked ? change.addedTags : change.removedTags;
            list.push_back(tag.text().toStdString());
        }
        for (const QString &tag : added.split(QLatin1Char(','), Qt::SkipEmptyParts))
            if (!tag.trimmed().isEmpty())
                change.addedTags.push_back(tag.trimmed().toStdString());
        return change;
    }
};

QDialog *newDialog(QWidget &parent, const char *name, const QString &title) {
    auto *dialog = new QDialog(&parent);
    dialog->setObjectName(QLatin1String(name));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    return dialog;
}

QDialogButtonBox *buttonsOf(QDialog &dialog) {
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    QObject::connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    return buttons;
}

} // namespace

void editTags(QWidget &parent, const std::vector<RunPtr> &runs, const std::vector<RunPtr> &all,
              std::function<void(const AnnotationChange &)> take) {
    QDialog *dialog =
        newDialog(parent, "tagsDialog",
                  runs.size() == 1 ? Texts::tr("Tags of “%1”").arg(runTitle(*runs.front()))
                                   : Texts::tr("Tags of %Ln runs", nullptr, static_cast<int>(runs.size())));
    auto *tags = new TagList(runs, all);
    auto *added = new QLineEdit;
    added->setObjectName(QStringLiteral("newTags"));
    added->setAccessibleName(Texts::tr("New tags"));
    added->setPlaceholderText(Texts::tr("New tags, separated by commas"));
    auto *column = new QVBoxLayout(dialog);
    column->addWidget(added);
    column->addWidget(tags);
    column->addWidget(buttonsOf(*dialog));
    QObject::connect(dialog, &QDialog::accepted, dialog,
                     [tags, added, take = std::move(take)] { take(tags->change(added->text())); });
    dialog->open();
}

void editNote(QWidget &parent, const RunRecord &run, std::function<void(const AnnotationChange &)> take) {
    QDialog *dialog = newDialog(parent, "noteDialog", Texts::tr("Note on “%1”").arg(runTitle(run)));
    auto *text = new QPlainTextEdit(QString::fromStdString(run.note));
    text->setObjectName(QStringLiteral("noteText"));
    text->setAccessibleName(Texts::tr("Note, in Markdown"));
    auto *view = new NoteView;
    view->setObjectName(QStringLiteral("noteView"));
    view->setNote(text->toPlainText());
    QObject::connect(text, &QPlainTextEdit::textChanged, view,
                     [text, view] { view->setNote(text->toPlainText()); });
    auto *sides = new QHBoxLayout;
    sides->addWidget(text);
    sides->addWidget(view);
    auto *column = new QVBoxLayout(dialog);
    column->addLayout(sides, 1);
    column->addWidget(buttonsOf(*dialog));
    QObject::connect(dialog, &QDialog::accepted, dialog,
                     [text, take = std::move(take)] { take({.note = text->toPlainText().toStdString()}); });
    dialog->resize(720, 360);
    dialog->open();
}

} // namespace simclr::ui
