# Nearest centroid: the model is the mean image of each label.
import csv
import json
import sys


def main(table, model):
    sums, counts = {}, {}
    with open(table, newline="") as lines:
        for row in csv.DictReader(lines):
            label = row.pop("label")
            pixels = [int(value) for value in row.values()]
            sums[label] = [a + b for a, b in zip(sums.get(label, [0] * 9), pixels)]
            counts[label] = counts.get(label, 0) + 1
    centroids = {label: [round(s / counts[label], 3) for s in sums[label]] for label in sums}
    with open(model, "w") as out:
        json.dump({"centroids": centroids}, out, indent=1)
        out.write("\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
