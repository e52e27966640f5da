# Terms that pages explain where each stands first: the term, then what it means in one sentence.

glossary-middle-score = middle score
glossary-middle-score-means = Half of the people score as high or higher, half as low or lower; one extreme score does not move it.
glossary-times-in-100 = times in 100
glossary-times-in-100-means = What people scored and what matters to them is drawn at random again and again; so often in 100 tries it happens.
glossary-points-of-weight = points of weight
glossary-points-of-weight-means = How much each criterion counts: people share 100 points among all criteria.
glossary-good-enough = good enough
glossary-good-enough-means = At or above the middle score that was set as the least to accept.
glossary-fragile = fragile
glossary-fragile-means = A small change puts another option first, such as a few points moved or one criterion left out.
glossary-red-line = red line
glossary-red-line-means = A limit on a criterion that somebody with the right to do so has set; an option beyond it is not compared.
glossary-signpost = signpost
glossary-signpost-means = Something to be watched in the world, with a threshold that says which future it points to.
glossary-edition = edition
glossary-edition-means = The same pages for one audience: what that audience may not see is left out before anything is counted.
