/*
 * What the list that marc21.ts is made from does not have, in its form: what MARC 21 has defined since, and
 * gaps of the list. A field or position that the list has too is added to: names and values here go before.
 */

/**
 * Fields and subfields of the updates to MARC 21 up to No. 38 (2024). Data provenance (`$7`, of 2022) is not
 * listed: format.ts lets it stand in every field that has no other `$7`.
 */
export const updatedFields = `
022 R International Standard Serial Number
 $0 NR Authority record control number or standard number
 usual 1
023 R Cluster ISSN
 i1 Type of Cluster ISSN: 0 ISSN-L | 1 ISSN-H
 $0 NR Authority record control number or standard number
 $2 NR Source
 $a NR Cluster ISSN
 $y R Incorrect Cluster ISSN
 $z R Canceled Cluster ISSN
 usual 168
041 R Language code
 usual 3
046 R Special coded dates
 i1 Type of entity: # No information provided | 1 Work | 2 Expression | 3 Manifestation
 $x R Nonpublic note
 $z R Public note
 usual 3
100 NR Main entry--personal name
 i2 Undefined: !0 Main entry/subject relationship irrelevant | !1 Main entry is subject
110 NR Main entry--corporate name
 i2 Undefined: !0 Main entry/subject relationship irrelevant | !1 Main entry is subject
111 NR Main entry--meeting name
 i2 Undefined: !0 Main entry/subject relationship irrelevant | !1 Main entry is subject
130 NR Main entry--uniform title
 i2 Undefined: !0 Main entry/subject relationship irrelevant | !1 Main entry is subject
334 R Mode of issuance
 $2 NR Source
 $a NR Mode of issuance term
 $b NR Mode of issuance code
 usual 0168
340 R Physical medium
 $f R Reduction ratio value
 $l R Binding
 $q R Reduction ratio designator
341 R Accessibility content
 i2 Presence of accessibility features/hazards: # No information provided | 1 Accessibility features present | 2 No accessibility features present | 3 Sensory hazards present
 $h R Sensory hazards
 usual 01
344 R Sound characteristics
 $i R Sound content
 $j R Original capture and storage technique
348 R Notated music characteristics
 $c R Form of musical notation term
 $d R Form of musical notation code
353 R Supplementary content characteristics
 $2 NR Source
 $a R Supplementary content term
 $b R Supplementary content code
 usual 01368
361 R Structured ownership and custodial history
 i1 Privacy: # No information provided | 0 Private | 1 Not private
 $a NR Name
 $f R Ownership and custodial history evidence term
 $k NR Formatted date
 $l NR Date
 $o R Type of ownership and custodial history information
 $s NR Shelf mark of copy described
 $u R Uniform Resource Identifier
 $x R Nonpublic note
 $y NR Identifier of the copy described
 $z R Public note
 usual 013568
381 R Other distinguishing characteristics of work or expression
 $i R Relationship information
 usual 4
382 R Medium of performance
 i1 Display constant controller: 2 Medium of performance of musical content of representative expression | 3 Partial medium of performance of musical content of representative expression
383 R Numeric designation of musical work or expression
 i1 Type of entity: # No information provided | 0 Work | 1 Expression
384 R Key
 i1 Key type: 2 Key of representative expression
387 R Representative expression characteristics
 $2 NR Source of term
 $a R Aspect ratio of representative expression
 $b R Color content of representative expression
 $c R Content type of representative expression
 $d R Date of capture of representative expression
 $e R Date of representative expression
 $f R Duration of representative expression
 $g R Intended audience of representative expression
 $h R Language of representative expression
 $i R Place of capture of representative expression
 $j R Projection of cartographic content of representative expression
 $k R Scale of representative expression
 $l R Script of representative expression
 $m R Sound content of representative expression
 usual 01368
490 R Series statement
 $y R Incorrect ISSN
 $z R Canceled ISSN
506 R Restrictions on access note
 usual 01
508 R Creation/production credits note
 usual 3
511 R Participant or performer note
 usual 3
532 R Accessibility note
 usual 3
533 R Reproduction note
 $y R Data provenance
647 R Subject added entry--named event
 $e R Relator term
 usual 4
648 R Subject added entry--chronological term
 $e R Relator term
 usual 4
653 R Index term--uncontrolled
 usual 015
654 R Subject added entry--faceted topical terms
 $x R General subdivision
658 R Index term--curriculum objective
 usual 01
662 R Subject added entry--hierarchical place name
 usual 3
720 R Added entry--uncontrolled name
 usual 015
760 R Main series entry
 $l R Data provenance
762 R Subseries entry
 $l R Data provenance
765 R Original language entry
 $l R Data provenance
767 R Translation entry
 $l R Data provenance
770 R Supplement/special issue entry
 $l R Data provenance
772 R Supplement parent entry
 $l R Data provenance
773 R Host item entry
 $l R Data provenance
 usual 5
774 R Constituent unit entry
 $l R Data provenance
 usual 5
775 R Other edition entry
 $l R Data provenance
776 R Additional physical form entry
 $l R Data provenance
777 R Issued with entry
 $l R Data provenance
780 R Preceding entry
 $l R Data provenance
785 R Succeeding entry
 $l R Data provenance
786 R Data source entry
 $l R Data provenance
787 R Other relationship entry
 $l R Data provenance
 usual 5
788 R Parallel description in another language of cataloging
 i1 Note controller: 0 Display note | 1 Do not display note
 i2 Display constant controller: # Parallel description in another language of cataloging | 8 No display constant generated
 $a NR Main entry heading
 $b NR Edition
 $d NR Place, publisher, and date of publication
 $e NR Language of cataloging
 $i R Relationship information
 $l R Data provenance
 $n R Note
 $s NR Uniform title
 $t NR Title
 $w R Record control number
 $x NR International Standard Serial Number
 usual 4568
800 R Series added entry--personal name
 $y R Data provenance
810 R Series added entry--corporate name
 $y R Data provenance
811 R Series added entry--meeting name
 $y R Data provenance
830 R Series added entry--uniform title
 $y R Data provenance
856 R Electronic location and access
 i2 Relationship: 3 Component part(s) of resource | 4 Version of component part(s) of resource
 $e R Data provenance
 $g R Persistent identifier
 $h R Non-functioning Uniform Resource Identifier
 $l R Standardized information governing access
 $n R Terms governing access
 $q R Electronic format type
 $r R Standardized information governing use and reproduction
 $t R Terms governing use and reproduction
857 R Electronic archive location and access
 i1 Access method: # No information provided | 1 FTP | 4 HTTP | 7 Method specified in subfield $2
 i2 Relationship: # No information provided | 0 Resource | 1 Version of resource | 2 Related resource | 3 Component part(s) of resource | 4 Version of component part(s) of resource | 8 No display constant generated
 $2 NR Access method
 $7 NR Access status
 $b NR Name of archiving agency
 $c NR Name of Web archive or digital archive repository
 $d NR Date range of archived material
 $e R Data provenance
 $f NR Archive completeness
 $g R Persistent identifier
 $h R Non-functioning Uniform Resource Identifier
 $l R Standardized information governing access
 $m R Contact for access assistance
 $n R Terms governing access
 $q R Electronic format type
 $r R Standardized information governing use and reproduction
 $s R File size
 $t R Terms governing use and reproduction
 $u R Uniform Resource Identifier
 $x R Nonpublic note
 $y R Link text
 $z R Public note
 usual 3568
`

/**
 * Leader/17 has the codes of OCLC-MARC, which most shared records carry. 008/21 of continuing resources has what
 * was added in 2021. 008/23 of computer files is blank where it is unknown; the list leaves the blank out. What
 * 007/02 meant until 1997 is not in the list either.
 */
export const updatedFixedFields = `
LDR
 17 Encoding level: E OCLC: system-identified error | I OCLC: full level, by a member | J OCLC: deleted | K OCLC: minimal level, by a member | L OCLC: full level, batch loaded | M OCLC: less than full level, batch loaded
008 computer files
 23 Form of item: # Unknown or not specified
008 continuing resources
 20 Undefined
 21 Type of continuing resource: g Magazine | h Blog | j Journal | r Repository | s Newsletter | t Directory
007 map
 !02 Original versus reproduction aspect: f Facsimile | o Original | r Reproduction | u Unknown
007 electronic resource
 !02 Original versus reproduction aspect: f Facsimile | o Original | r Reproduction | u Unknown
007 globe
 !02 Original versus reproduction aspect: f Facsimile | o Original | r Reproduction | u Unknown
007 projected graphic
 !02 Original versus reproduction aspect: f Facsimile | o Original | r Reproduction | u Unknown
007 microform
 !02 Original versus reproduction aspect: f Facsimile | o Original | r Reproduction | u Unknown
007 nonprojected graphic
 !02 Original versus reproduction aspect: f Facsimile | o Original | r Reproduction | u Unknown
007 motion picture
 !02 Original versus reproduction aspect: f Facsimile | o Original | r Reproduction | u Unknown
007 remote-sensing image
 !02 Original versus reproduction aspect: f Facsimile | o Original | r Reproduction | u Unknown
007 sound recording
 !02 Original versus reproduction aspect: f Facsimile | o Original | r Reproduction | u Unknown
007 videorecording
 !02 Original versus reproduction aspect: f Facsimile | o Original | r Reproduction | u Unknown
`
